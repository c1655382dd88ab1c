import { useState } from 'preact/hooks'
import { UNKNOWN, contracts, duration, percent, quantity, settlesIn, signedPercent, spot, unbroken } from '../format'
import { Icon, type IconName } from '../icons'
import { gateSpan } from '../series'
import type { Decision, Gate, GateVerdict, Market, Snapshot } from '../snapshot'
import { VERDICT_TONE, firstFailing, readable, verdictWords } from '../words'
import { Empty, Panel, Time } from './parts'

const VERDICT_ICONS: Record<Decision['verdict'], IconName> = { ENTER: 'pass', EXIT: 'down', HOLD: 'pause', STAY_OUT: 'fail' }
const VERDICT_LABELS: Record<Decision['verdict'], string> = { ENTER: 'Trade', EXIT: 'Exit', HOLD: 'Hold', STAY_OUT: 'Stay out' }
const GATE_ICONS: Record<GateVerdict, IconName> = { PASS: 'pass', FAIL: 'fail', NOT_APPLICABLE: 'none' }
const GATE_LABELS: Record<GateVerdict, string> = { PASS: 'pass', FAIL: 'fail', NOT_APPLICABLE: 'skipped' }

/** With more than these, a gate's numbers under its bar give way: its words have them too. */
const MANY_GATES = 16

export function VerdictPanel({ snapshot }: { snapshot: Snapshot }) {
  const [chosen, setChosen] = useState<string>()
  const decisions = snapshot.decisions
  const newest = decisions.reduce<Decision | undefined>(
    (best, each) => (best === undefined || each.timeNanos > best.timeNanos ? each : best), undefined)
  const decision = decisions.find((each) => each.ticker === chosen) ?? newest
  if (!decision) {
    return (
      <Panel id="verdict" title="Decision">
        <Empty>No decision yet. The first one comes when a market is open and its book is known.</Empty>
      </Panel>
    )
  }
  return (
    <Panel id="verdict" title="Decision" note={<span>{decisions.length > 1 ? 'last of each market' : 'the last one'}</span>}>
      {decisions.length > 1 ? (
        <div class="tabs" role="tablist">
          {decisions.map((each) => (
            <button
              type="button" role="tab" key={each.ticker} aria-selected={each === decision}
              onClick={() => setChosen(each.ticker)}
            >
              <Icon name={VERDICT_ICONS[each.verdict]} /> {each.ticker}
            </button>
          ))}
        </div>
      ) : null}
      <Verdict decision={decision} market={snapshot.markets.find((each) => each.ticker === decision.ticker)} nowNanos={snapshot.clock.nowNanos} />
      <div class="why">
        <Gates decision={decision} />
        <div class="inputs">
          <ForecastView decision={decision} />
          <SignalsView decision={decision} />
          <Sizing decision={decision} />
        </div>
      </div>
    </Panel>
  )
}

function Verdict({ decision, market, nowNanos }: { decision: Decision; market: Market | undefined; nowNanos: number }) {
  const ageMillis = Math.max(0, (nowNanos - decision.timeNanos) / 1e6)
  return (
    <div class={`hero ${VERDICT_TONE[decision.verdict]}`} data-testid="hero">
      <div class="hero-label">
        <Icon name={VERDICT_ICONS[decision.verdict]} />
        {VERDICT_LABELS[decision.verdict]}
      </div>
      <p class="hero-words" data-testid="verdict-words">{unbroken(verdictWords(decision))}</p>
      <p class="hero-facts">
        <span class="ticker">{decision.ticker}</span>
        {market ? <span>{market.strikeE4 === null ? 'strike not set' : `strike ${spot(market.strikeE4)}`}</span> : null}
        {market ? <span>{settlesIn(market.secondsToClose)}</span> : null}
        <span>
          decided <Time nanos={decision.timeNanos} />
          {ageMillis >= 1_000 ? `, ${duration(ageMillis)} ago` : ''}
        </span>
      </p>
    </div>
  )
}

function Gates({ decision }: { decision: Decision }) {
  const first = firstFailing(decision)
  const failed = decision.gates.filter((gate) => gate.verdict === 'FAIL').length
  const passed = decision.gates.filter((gate) => gate.verdict === 'PASS').length
  if (decision.gates.length === 0) return <Empty>This decision has no gates.</Empty>
  return (
    <div class={decision.gates.length > MANY_GATES ? 'gates dense' : 'gates'}>
      <h3>
        Gates in order <span class="dim">{passed} pass, {failed} fail, {decision.gates.length - passed - failed} skipped</span>
      </h3>
      <ol data-testid="gates">
        {decision.gates.map((gate) => (
          <GateRow key={gate.name} gate={gate} isFirst={gate === first} />
        ))}
      </ol>
    </div>
  )
}

function GateRow({ gate, isFirst }: { gate: Gate; isFirst: boolean }) {
  const limit = gate.threshold === null || gate.limit === 'NONE'
    ? '' : `${gate.limit === 'AT_MOST' ? 'at most' : 'at least'} ${quantity(gate.threshold, gate.unit)}`
  return (
    <li class={`gate ${gate.verdict.toLowerCase()}${isFirst ? ' first' : ''}`} data-gate={gate.name}>
      <span class="gate-verdict">
        <Icon name={GATE_ICONS[gate.verdict]} />
        {isFirst ? 'fails first' : GATE_LABELS[gate.verdict]}
      </span>
      <span class="gate-words">{unbroken(gate.words || readable(gate.name))}</span>
      <span class="gate-bar">
        <GateBar gate={gate} />
        <span class="gate-numbers">
          <b>{gate.unit === 'NONE' ? '' : quantity(gate.value, gate.unit)}</b> <span class="dim">{limit}</span>
        </span>
      </span>
    </li>
  )
}

function GateBar({ gate }: { gate: Gate }) {
  const span = gate.unit === 'NONE' ? undefined : gateSpan(gate.value, gate.threshold)
  if (!span) return null
  const from = Math.min(span.zero, span.value)
  return (
    <span class="bar">
      <i style={{ left: `${from * 100}%`, width: `${Math.max(0.012, Math.abs(span.value - span.zero)) * 100}%` }} />
      {span.threshold === undefined ? null : <u style={{ left: `${span.threshold * 100}%` }} />}
    </span>
  )
}

function ForecastView({ decision }: { decision: Decision }) {
  const forecast = decision.forecast
  if (!forecast) return <div class="input"><h3>Forecast</h3><Empty>No model looked at this market.</Empty></div>
  const gap = forecast.marketE6 === null ? null : forecast.modelE6 - forecast.marketE6
  return (
    <div class="input" data-testid="forecast">
      <h3>Probability of YES <span class="dim">{forecast.model}</span></h3>
      <Probability label="model" valueE6={forecast.modelE6} />
      <Probability label="market" valueE6={forecast.marketE6} />
      <p class="dim">
        {gap === null ? 'The market has no middle price.' : `The model is ${(Math.abs(gap) / 1e4).toFixed(1)} points ${gap < 0 ? 'below' : 'above'} the market.`}
      </p>
    </div>
  )
}

function Probability({ label, valueE6 }: { label: string; valueE6: number | null }) {
  return (
    <div class="probability">
      <span>{label}</span>
      <span class={`bar ${label}`}><i style={{ width: `${(valueE6 ?? 0) / 1e4}%` }} /><u style={{ left: '50%' }} /></span>
      <b>{percent(valueE6)}</b>
    </div>
  )
}

function SignalsView({ decision }: { decision: Decision }) {
  const { obiE6, rocE6, conviction } = decision.signals
  return (
    <div class="input" data-testid="signals">
      <h3>Signals</h3>
      <dl>
        <dt title="Order-book imbalance: 0 % is all sellers, 100 % all buyers">Book imbalance</dt>
        <dd>{obiE6 === null ? UNKNOWN : `${percent(obiE6)} buyers`}</dd>
        <dt title="Change of bitcoin’s price over 15 minutes">Bitcoin, 15 min</dt>
        <dd>{signedPercent(rocE6)}</dd>
        <dt>Conviction</dt>
        <dd>{conviction ?? 'none'}</dd>
      </dl>
    </div>
  )
}

function Sizing({ decision }: { decision: Decision }) {
  const steps = decision.sizing
  const largest = Math.max(1, ...steps.map((step) => step.countE2))
  return (
    <div class="input" data-testid="sizing">
      <h3>Size, in contracts</h3>
      {steps.length === 0 ? <Empty>It did not come to sizing.</Empty> : (
        <ol class="sizing">
          {steps.map((step, index) => (
            <li key={step.name} class={index === steps.length - 1 ? 'last' : ''} title={step.words}>
              <span>{step.name}</span>
              <span class="bar"><i style={{ width: `${(step.countE2 / largest) * 100}%` }} /></span>
              <b>{contracts(step.countE2)}</b>
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
