import { useEffect, useRef, useState } from 'preact/hooks'
import { LiveConnection, type LiveState } from './live'
import { bannerOf } from './words'
import { Icon } from './icons'
import { ConnectionBar, Header } from './panels/header'
import { VerdictPanel } from './panels/verdict'
import { MoneyPanel } from './panels/money'
import { EquityPanel, PricePanel } from './panels/charts'
import { MarketsPanel, PositionsPanel, TradesPanel } from './panels/tables'
import { CountersPanel, FeedsPanel } from './panels/health'

const TICK_MILLIS = 500

export function App() {
  const [live, setLive] = useState<LiveState>()
  const [now, setNow] = useState(performance.now())
  const connection = useRef<LiveConnection>()

  useEffect(() => {
    connection.current = new LiveConnection(setLive)
    connection.current.open()
    const timer = setInterval(() => setNow(performance.now()), TICK_MILLIS)
    return () => clearInterval(timer)
  }, [])

  const snapshot = live?.snapshot
  const lane = snapshot?.lane
  const source = snapshot?.source
  const state = snapshot?.state.state
  useEffect(() => {
    const origin = source === undefined || source === 'live' ? '' : `${source.toUpperCase()} · `
    document.title = lane ? `${origin}${lane} · ${state} · Voltage` : 'Voltage'
  }, [lane, state, source])

  if (!live || !snapshot) {
    return (
      <main class="waiting">
        <h1>Voltage</h1>
        {live ? <ConnectionBar live={live} now={now} onRetry={() => connection.current?.retryNow()} /> : null}
        <p>Waiting for the worker’s first word…</p>
      </main>
    )
  }

  // A render may come between two ticks of the clock.
  const shownForMillis = Math.max(0, now - live.receivedAt)
  const isLost = live.connection === 'lost'
  const banner = bannerOf(snapshot.lane, snapshot.source, snapshot.sessionName)
  // A replay's clock has its own speed, so only a real-time one goes on by itself between two snapshots.
  const feedExtraMillis = isLost || snapshot.clock.speedE2 === 100 ? shownForMillis : 0

  return (
    <>
      <Header snapshot={snapshot} connection={live.connection} shownForMillis={shownForMillis} />
      <div class={`banner ${banner.tone}`} data-testid="banner" role="status">
        <Icon name="warn" />
        <strong>{banner.title}</strong>
        <span>{banner.text}</span>
      </div>
      <ConnectionBar live={live} now={now} onRetry={() => connection.current?.retryNow()} />
      <main class={isLost || live.problem ? 'grid is-old' : 'grid'}>
        <VerdictPanel snapshot={snapshot} />
        <div class="stack narrow">
          <MoneyPanel money={snapshot.money} books={snapshot.books} />
          <FeedsPanel feeds={snapshot.feeds} extraMillis={feedExtraMillis} isFinished={state === 'finished'} />
        </div>
        <EquityPanel points={snapshot.equity} startE6={snapshot.money.bankrollStartE6} />
        <PricePanel price={snapshot.price} trades={snapshot.trades} />
        <div class="stack wide">
          <PositionsPanel positions={snapshot.positions} />
          <MarketsPanel markets={snapshot.markets} />
        </div>
        <TradesPanel trades={snapshot.trades} />
        <CountersPanel counters={snapshot.counters} />
      </main>
      <footer>
        <span>Times are UTC; your own time is shown when you point at one.</span>
        <span>
          Charts by <a href="https://www.tradingview.com/" target="_blank" rel="noopener noreferrer">TradingView</a>{' '}
          Lightweight Charts™, Copyright © 2026 TradingView, Inc.
        </span>
      </footer>
    </>
  )
}
