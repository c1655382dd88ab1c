// From the snapshot's lists to what the charts can take: strictly ascending times, and only what has changed.

export interface Timed { time: number }

/** Keeps the last entry of each second and drops what runs backwards. */
export function ascending<T extends Timed>(points: T[]): T[] {
  const kept: T[] = []
  for (const point of points) {
    const last = kept.at(-1)
    if (last === undefined || point.time > last.time) kept.push(point)
    else if (point.time === last.time) kept[kept.length - 1] = point
  }
  return kept
}

/**
 * The entries of `next` that a chart showing `previous` still needs, or undefined if it has to be drawn anew. A chart can
 * take later entries and a new value of its last one, but no change of its past.
 */
export function tailSince<T extends Timed>(previous: T[], next: T[], isSame: (a: T, b: T) => boolean): T[] | undefined {
  const last = previous.length - 1
  if (last < 0 || next.length < previous.length) return undefined
  for (let i = 0; i < last; i++) {
    if (!isSame(previous[i]!, next[i]!)) return undefined
  }
  if (previous[last]!.time !== next[last]!.time) return undefined
  return isSame(previous[last]!, next[last]!) ? next.slice(last + 1) : next.slice(last)
}

export interface Span { low: number; value: number; threshold: number | undefined; zero: number }

/**
 * Where to draw a gate's value and threshold on a bar from 0 to 1. The threshold stands clear of both ends, and a value far
 * beyond it fills the bar rather than squeezing the threshold into a corner.
 */
export function gateSpan(value: number | null, threshold: number | null): Span | undefined {
  if (value === null) return undefined
  const reference = Math.abs(threshold ?? value)
  const shown = reference === 0 ? value : Math.max(-1.6 * reference, Math.min(1.6 * reference, value))
  const low = Math.min(0, shown, threshold ?? 0)
  const high = Math.max(0, shown, threshold ?? 0)
  const width = Math.max(high - low, reference * 1.6) || 1
  const start = low < 0 && high > 0 ? low : low < 0 ? high - width : 0
  const at = (number: number) => Math.max(0, Math.min(1, (number - start) / width))
  return { low: start, value: at(shown), threshold: threshold === null ? undefined : at(threshold), zero: at(0) }
}
