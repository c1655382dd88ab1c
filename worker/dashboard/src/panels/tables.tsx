import { UNKNOWN, cents, contracts, countdown, dollars, percent, signedDollars, spot } from '../format'
import type { Market, Position, Trade } from '../snapshot'
import { tradeWords } from '../words'
import { type Column, Chip, Empty, Panel, Signed, Table, Time } from './parts'

const LAST_TRADES = 7

function settles(seconds: number): string {
  return seconds > 0 ? countdown(seconds) : 'closed'
}

const POSITION_COLUMNS: Column<Position>[] = [
  { head: 'Market', isText: true, cell: (row) => <span class="ticker">{row.ticker}</span> },
  { head: 'Position', isText: true, cell: (row) => <b class={`side ${row.side}`}>{`${row.side} ${contracts(row.countE2)} @ ${cents(row.averageCostE4)}`}</b> },
  { head: 'Bid now', cell: (row) => (row.bidE4 === null ? 'no bid' : cents(row.bidE4)) },
  { head: 'Unrealised', cell: (row) => <Signed value={row.unrealisedE6}>{signedDollars(row.unrealisedE6)}</Signed> },
  { head: 'Worst case', cell: (row) => dollars(-row.worstCaseLossE6) },
  { head: 'Settles in', cell: (row) => settles(row.secondsToClose) },
]

export function PositionsPanel({ positions }: { positions: Position[] }) {
  const worstE6 = positions.reduce((sum, row) => sum + row.worstCaseLossE6, 0)
  return (
    <Panel id="positions" title="Open positions" note={positions.length > 0 ? `worst case in all ${dollars(-worstE6)}` : ''}>
      {positions.length === 0 ? <Empty>Nothing is held.</Empty> : (
        <Table columns={POSITION_COLUMNS} rows={positions} keyOf={(row) => `${row.ticker} ${row.side}`} />
      )}
    </Panel>
  )
}

const MARKET_COLUMNS: Column<Market>[] = [
  { head: 'Market', isText: true, cell: (row) => <span class="ticker">{row.ticker}</span> },
  { head: 'Strike', cell: (row) => (row.strikeE4 === null ? 'not set' : spot(row.strikeE4)) },
  { head: 'Status', isText: true, cell: (row) => row.status },
  { head: 'Settles in', cell: (row) => settles(row.secondsToClose) },
  { head: 'Bid / ask', cell: (row) => (row.bidE4 === null && row.askE4 === null ? 'no quote' : `${cents(row.bidE4)} / ${cents(row.askE4)}`) },
  { head: 'Mid', cell: (row) => cents(row.midE4) },
  { head: 'Fair', cell: (row) => (row.fairE6 === null ? UNKNOWN : percent(row.fairE6)) },
  { head: 'Spread', cell: (row) => cents(row.spreadE4) },
]

export function MarketsPanel({ markets }: { markets: Market[] }) {
  return (
    <Panel id="markets" title="Markets" note="prices of YES">
      {markets.length === 0 ? <Empty>No market is known yet.</Empty> : (
        <Table
          columns={MARKET_COLUMNS} rows={markets} keyOf={(row) => row.ticker}
          classOf={(row) => (row.secondsToClose > 0 ? '' : 'is-over')}
        />
      )}
    </Panel>
  )
}

export function TradesPanel({ trades }: { trades: Trade[] }) {
  const newest = trades.slice(-LAST_TRADES).reverse()
  return (
    <Panel id="trades" title="Our fills" note={trades.length > newest.length ? `the last ${newest.length} of ${trades.length}` : ''}>
      {newest.length === 0 ? <Empty>No fill yet.</Empty> : (
        <ul class="trades">
          {newest.map((trade) => (
            <li key={`${trade.timeNanos} ${trade.ticker} ${trade.side} ${trade.priceE4} ${trade.countE2}`}>
              <Chip tone={trade.action === 'buy' ? 'good' : 'warn'} icon={trade.action === 'buy' ? 'up' : 'down'}>{tradeWords(trade)}</Chip>
              <Time nanos={trade.timeNanos} />
              <span class="ticker">{trade.ticker}</span>
              <span class="dim">fee {dollars(trade.feeE6)}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
