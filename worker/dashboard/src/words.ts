// What the page says, apart from how it looks.
import { cents, contracts } from './format.ts'
import type { Decision, Feed, Gate, Lane, RunState, Source, Trade } from './snapshot.ts'

export type Tone = 'good' | 'bad' | 'warn' | 'calm' | 'info'

export interface Banner { tone: Tone; title: string; text: string }

/** Nobody may ever take made-up prices for real ones, or real money for play. */
export function bannerOf(lane: Lane, source: Source, sessionName: string): Banner {
  const session = sessionName ? ` Session ${sessionName}.` : ''
  switch (source) {
    case 'simulated':
      return { tone: 'warn', title: 'SIMULATED', text: `Prices come from a seeded generator, no real market and no real money.${session}` }
    case 'recorded':
      return { tone: 'warn', title: 'RECORDED', text: `Real prices of the past, played again; no real money.${session}` }
    case 'live':
      return lane === 'live'
        ? { tone: 'bad', title: 'LIVE', text: `Real prices, real money.${session}` }
        : { tone: 'calm', title: `LIVE PRICES, ${lane.toUpperCase()} MONEY`, text: `Real prices as they come; no real money.${session}` }
  }
}

export const STATE_WORDS: Record<RunState, { tone: Tone; text: string }> = {
  running: { tone: 'good', text: 'Running' },
  paused: { tone: 'warn', text: 'Paused: exits only' },
  halted: { tone: 'bad', text: 'Halted: exits only' },
  finished: { tone: 'calm', text: 'Finished' },
}

export const VERDICT_TONE: Record<Decision['verdict'], Tone> = {
  ENTER: 'good',
  EXIT: 'warn',
  HOLD: 'info',
  // Staying out is the normal case and no fault: the gate that fails is red, the verdict is not.
  STAY_OUT: 'calm',
}

export function firstFailing(decision: Decision): Gate | undefined {
  return (
    decision.gates.find((gate) => gate.verdict === 'FAIL' && gate.name === decision.firstFailingGate) ??
    decision.gates.find((gate) => gate.verdict === 'FAIL')
  )
}

/** The verdict in one line. */
export function verdictWords(decision: Decision): string {
  if (decision.words) return decision.words
  const side = decision.side ? ` ${decision.side}` : ''
  switch (decision.verdict) {
    case 'STAY_OUT': {
      const gate = firstFailing(decision)
      return gate ? `We stayed out: ${gate.words || gate.name}` : 'We stayed out: no rule saw a reason to trade'
    }
    case 'ENTER': {
      const sent = decision.sizing.at(-1)
      return `Buying${side}${sent ? ` ${contracts(sent.countE2)}` : ''}`
    }
    case 'EXIT': return `Closing the${side} position`
    case 'HOLD': return `Holding the${side} position`
  }
}

/** "Bought YES 12 @ 54 ¢". */
export function tradeWords(trade: Trade): string {
  const verb = trade.action === 'buy' ? 'Bought' : 'Sold'
  return `${verb} ${trade.side} ${contracts(trade.countE2)} @ ${cents(trade.priceE4)}`
}

export type Health = 'fresh' | 'stale' | 'down' | 'silent'

/** A feed is judged by its last message, never by its socket. */
export function feedHealth(feed: Feed, extraMillis: number): Health {
  if (!feed.isUp) return 'down'
  if (feed.ageMillis === null) return 'silent'
  return feed.ageMillis + extraMillis > feed.limitMillis ? 'stale' : 'fresh'
}

export const HEALTH_WORDS: Record<Health, string> = {
  fresh: 'fresh',
  stale: 'stale',
  down: 'down',
  silent: 'nothing yet',
}

/** A name made for people: "BOOK_AGE" and "bookAge" are "book age". */
export function readable(name: string): string {
  return name.replace(/_/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
}
