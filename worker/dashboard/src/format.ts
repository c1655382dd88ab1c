// Integers with units to what a trader reads. Minus is U+2212, and a unit is never left out.
import type { Unit } from './snapshot.ts'

const MINUS = '\u2212'
const NBSP = '\u00a0'
/** Shown where a number is not known. */
export const UNKNOWN = '–'

function grouped(value: number, minimumDigits: number, maximumDigits: number): string {
  return value.toLocaleString('en-US', {
    minimumFractionDigits: minimumDigits,
    maximumFractionDigits: maximumDigits,
  })
}

function signOf(value: number, magnitude: string, plus: boolean): string {
  // What rounds to nothing has no sign.
  if (!/[1-9]/.test(magnitude)) return magnitude
  return (value < 0 ? MINUS : plus ? '+' : '') + magnitude
}

/** A contract's price: 5400 is "54 ¢", 930 is "9.3 ¢". */
export function cents(priceE4: number | null): string {
  if (priceE4 === null) return UNKNOWN
  return signOf(priceE4, grouped(Math.abs(priceE4) / 100, 0, 2), false) + NBSP + '¢'
}

/** Money: "$1,234.56". */
export function dollars(cashE6: number | null): string {
  if (cashE6 === null) return UNKNOWN
  return signOf(cashE6, '$' + grouped(Math.abs(cashE6) / 1e6, 2, 2), false)
}

/** A gain or a loss: "+$1.20". */
export function signedDollars(cashE6: number | null): string {
  if (cashE6 === null) return UNKNOWN
  return signOf(cashE6, '$' + grouped(Math.abs(cashE6) / 1e6, 2, 2), true)
}

/** The price of bitcoin: "$103,250.10", whole dollars where it is whole. */
export function spot(priceE4: number | null): string {
  if (priceE4 === null) return UNKNOWN
  const isWhole = priceE4 % 10_000 === 0
  return signOf(priceE4, '$' + grouped(Math.abs(priceE4) / 1e4, isWhole ? 0 : 2, isWhole ? 0 : 2), false)
}

/** Contracts: 1200 is "12", 1250 is "12.5". */
export function contracts(countE2: number): string {
  return signOf(countE2, grouped(Math.abs(countE2) / 100, 0, 2), false)
}

/** A ratio or probability in millionths: 582000 is "58.2 %". */
export function percent(ratioE6: number | null, digits = 1): string {
  if (ratioE6 === null) return UNKNOWN
  return signOf(ratioE6, grouped(Math.abs(ratioE6) / 1e4, digits, digits), false) + NBSP + '%'
}

export function signedPercent(ratioE6: number | null, digits = 2): string {
  if (ratioE6 === null) return UNKNOWN
  return signOf(ratioE6, grouped(Math.abs(ratioE6) / 1e4, digits, digits), true) + NBSP + '%'
}

export function whole(value: number): string {
  return grouped(value, 0, 0)
}

/** Keeps a number and its unit on one line, in words that come from elsewhere. */
export function unbroken(words: string): string {
  return words.replace(/(\d) (?=(?:ms|s|min|¢|%)(?![a-z]))/g, `$1${NBSP}`)
}

/** Time left: "03:12", "1:02:03". */
export function countdown(seconds: number): string {
  const left = Math.max(0, Math.floor(seconds))
  const pad = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(left / 3600)
  const rest = `${pad(Math.floor((left % 3600) / 60))}:${pad(left % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}

export function settlesIn(seconds: number): string {
  return seconds > 0 ? `settles in ${countdown(seconds)}` : 'closed, waiting for settlement'
}

/** An age or a delay: "812 ms", "3.4 s", "2 min 05 s", "3 h 20 min". */
export function duration(millis: number): string {
  if (millis < 1_000) return `${Math.max(0, Math.round(millis))}${NBSP}ms`
  if (millis < 59_950) return `${(millis / 1_000).toFixed(1)}${NBSP}s`
  const seconds = Math.round(millis / 1_000)
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}${NBSP}min ${String(seconds % 60).padStart(2, '0')}${NBSP}s`
  return `${Math.floor(seconds / 3_600)}${NBSP}h ${String(Math.floor((seconds % 3_600) / 60)).padStart(2, '0')}${NBSP}min`
}

/** "14:03:22 UTC". Nanoseconds exceed what a JavaScript number holds exactly, by far less than a second. */
export function utcTime(nanos: number): string {
  return nanos > 0 ? new Date(nanos / 1e6).toISOString().slice(11, 19) + ' UTC' : UNKNOWN
}

export function utcDateTime(nanos: number): string {
  if (nanos <= 0) return UNKNOWN
  const text = new Date(nanos / 1e6).toISOString()
  return `${text.slice(0, 10)} ${text.slice(11, 19)} UTC`
}

/** For the hover text: the operator's own time. */
export function localDateTime(nanos: number): string {
  if (nanos <= 0) return ''
  return new Date(nanos / 1e6).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'long' }) + ' (your time)'
}

/** The engine's speed: "1×", "60×", "as fast as it goes". */
export function speed(speedE2: number): string {
  return speedE2 === 0 ? 'full speed' : `${grouped(speedE2 / 100, 0, 2)}×`
}

/** A gate's value or threshold with its unit. */
export function quantity(value: number | null, unit: Unit): string {
  if (value === null) return UNKNOWN
  switch (unit) {
    case 'MILLIS': return duration(value)
    case 'SECONDS': return value < 600 ? `${grouped(value, 0, 0)}${NBSP}s` : countdown(value)
    case 'PRICE_E4': return cents(value)
    case 'SPOT_E4': return spot(value)
    case 'CASH_E6': return dollars(value)
    case 'COUNT_E2': return contracts(value)
    case 'RATIO_E6': return percent(value, Math.abs(value) < 10_000 ? 2 : 1)
    case 'FACTOR_E6': return `${signOf(value, grouped(Math.abs(value) / 1e6, 0, 2), false)}${NBSP}×`
    case 'NUMBER': return grouped(value, 0, 2)
    case 'NONE': return ''
  }
}
