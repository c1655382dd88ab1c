// What the server sends: the mirror of the records in voltage.worker.dashboard. Integers carry their unit in the name:
// E4 is ten-thousandths of a dollar, E2 hundredths (of a contract), E6 micro-dollars or millionths.

export type Lane = 'replay' | 'paper' | 'canary' | 'live'
export type Source = 'recorded' | 'simulated' | 'live'
export type RunState = 'running' | 'paused' | 'halted' | 'finished'
export type Side = 'YES' | 'NO'
export type Verdict = 'ENTER' | 'EXIT' | 'HOLD' | 'STAY_OUT'
export type GateVerdict = 'PASS' | 'FAIL' | 'NOT_APPLICABLE'
export type Limit = 'AT_MOST' | 'AT_LEAST' | 'NONE'
export type Unit =
  | 'MILLIS' | 'SECONDS' | 'PRICE_E4' | 'SPOT_E4' | 'CASH_E6' | 'COUNT_E2' | 'RATIO_E6' | 'FACTOR_E6' | 'NUMBER' | 'NONE'

export interface Snapshot {
  lane: Lane
  source: Source
  sessionName: string
  clock: Clock
  state: { state: RunState; reasons: string[] }
  money: Money
  books: { ledgerCashE6: number; exchangeCashE6: number | null }
  positions: Position[]
  markets: Market[]
  decisions: Decision[]
  feeds: Feed[]
  equity: EquityPoint[]
  price: PriceChart
  trades: Trade[]
  counters: Counters
}

export interface Clock { nowNanos: number; speedE2: number }

export interface Money {
  cashE6: number
  equityE6: number
  bankrollStartE6: number
  pnlTodayE6: number
  feesE6: number
  drawdownE6: number
  drawdownLimitE6: number
  dailyLossE6: number
  dailyLossLimitE6: number
  weeklyLossE6: number
  weeklyLossLimitE6: number
}

export interface Position {
  ticker: string
  side: Side
  countE2: number
  averageCostE4: number
  bidE4: number | null
  unrealisedE6: number | null
  worstCaseLossE6: number
  secondsToClose: number
}

export interface Market {
  ticker: string
  strikeE4: number | null
  status: string
  secondsToClose: number
  bidE4: number | null
  askE4: number | null
  midE4: number | null
  fairE6: number | null
  spreadE4: number | null
}

export interface Gate {
  name: string
  value: number | null
  threshold: number | null
  limit: Limit
  unit: Unit
  verdict: GateVerdict
  words: string
}

export interface Decision {
  timeNanos: number
  ticker: string
  verdict: Verdict
  side: Side | null
  words: string
  firstFailingGate: string | null
  gates: Gate[]
  signals: { obiE6: number | null; rocE6: number | null; conviction: 'high' | 'normal' | 'low' | null }
  forecast: { model: string; modelE6: number; marketE6: number | null } | null
  sizing: SizingStep[]
}

export interface SizingStep { name: string; countE2: number; words: string }

export interface Feed {
  name: string
  isUp: boolean
  ageMillis: number | null
  limitMillis: number
  reconnects: number
  gaps: number
  malformed: number
}

export interface EquityPoint { timeSeconds: number; equityE6: number }

export interface Bar { timeSeconds: number; openE4: number; highE4: number; lowE4: number; closeE4: number }

export interface PriceChart {
  candles: Bar[]
  averages: { name: string; points: { timeSeconds: number; valueE4: number }[] }[]
}

export interface Trade {
  timeNanos: number
  ticker: string
  action: 'buy' | 'sell'
  side: Side
  countE2: number
  priceE4: number
  feeE6: number
}

export interface Counters {
  events: number
  decisions: number
  intents: number
  orders: number
  fills: number
  refusals: Record<string, number>
  parseFailures: number
  sequenceGaps: number
}

export type Message =
  | { type: 'snapshot'; snapshot: Snapshot }
  | { type: 'heartbeat' }
  | { type: 'problem'; message: string }
