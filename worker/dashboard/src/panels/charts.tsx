import { useEffect, useMemo, useRef } from 'preact/hooks'
import { dollars, signedDollars, spot } from '../format'
import { ascending } from '../series'
import { EquityChart, PriceChartView } from '../plots'
import type { EquityPoint, PriceChart, Trade } from '../snapshot'
import { Empty, Panel, Signed } from './parts'

export function EquityPanel({ points, startE6 }: { points: EquityPoint[]; startE6: number }) {
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<EquityChart>()
  const line = useMemo(() => ascending(points.map((point) => ({ time: point.timeSeconds, value: point.equityE6 / 1e6 }))), [points])
  const isEmpty = line.length === 0
  useEffect(() => {
    if (isEmpty || !box.current) return undefined
    const made = new EquityChart(box.current)
    plot.current = made
    return () => {
      plot.current = undefined
      made.close()
    }
  }, [isEmpty])
  useEffect(() => plot.current?.show(line, startE6 / 1e6), [line, startE6, isEmpty])
  const last = points.at(-1)
  const gainE6 = last ? last.equityE6 - startE6 : null
  return (
    <Panel id="equity-chart" title="Equity" note={last ? <Signed value={gainE6}>{`${dollars(last.equityE6)} (${signedDollars(gainE6)})`}</Signed> : ''}>
      {isEmpty ? <Empty>No equity has been recorded yet.</Empty> : <div class="plot" ref={box} />}
    </Panel>
  )
}

export function PricePanel({ price, trades }: { price: PriceChart; trades: Trade[] }) {
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<PriceChartView>()
  const isEmpty = price.candles.length === 0
  useEffect(() => {
    if (isEmpty || !box.current) return undefined
    const made = new PriceChartView(box.current)
    plot.current = made
    return () => {
      plot.current = undefined
      made.close()
    }
  }, [isEmpty])
  useEffect(() => plot.current?.show(price, trades), [price, trades, isEmpty])
  const last = price.candles.at(-1)
  return (
    <Panel
      id="price-chart" title="Bitcoin, 1 min"
      note={
        <>
          {price.averages.map((line, index) => (
            <span key={line.name} class={`legend average-${index}`}>{line.name}</span>
          ))}
          {last ? <b>{spot(last.closeE4)}</b> : null}
        </>
      }
    >
      {isEmpty ? <Empty>No candle yet. The first one closes a minute after the first trade.</Empty> : <div class="plot" ref={box} />}
    </Panel>
  )
}
