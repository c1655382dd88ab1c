// The two charts, on TradingView's lightweight-charts. Numbers here are for drawing only.
import {
  AreaSeries, CandlestickSeries, ColorType, CrosshairMode, LineSeries, LineStyle, createChart, createSeriesMarkers,
  type CandlestickData, type IChartApi, type IPriceLine, type ISeriesApi, type ISeriesMarkersPluginApi, type LineData,
  type SeriesMarker, type Time, type UTCTimestamp,
} from 'lightweight-charts'
import { contracts } from './format'
import { ascending, tailSince } from './series'
import type { PriceChart, Trade } from './snapshot'

const LABELLED_TRADES = 5
const MINUTE = 60

type Point = { time: number; value: number }
type Candle = { time: number; open: number; high: number; low: number; close: number }

const isSamePoint = (a: Point, b: Point) => a.time === b.time && a.value === b.value
const isSameCandle = (a: Candle, b: Candle) =>
  a.time === b.time && a.open === b.open && a.high === b.high && a.low === b.low && a.close === b.close

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
}

/** What both charts share: colours that follow the system, and a view that follows the newest point until it is moved. */
abstract class Plot {
  protected readonly chart: IChartApi
  private isFollowing = true
  private readonly scheme = matchMedia('(prefers-color-scheme: dark)')
  private readonly restyle = () => this.applyColours()

  constructor(private readonly box: HTMLElement, format: (value: number) => string) {
    this.chart = createChart(box, {
      autoSize: true,
      // The library's own logo brings a style element, which the page's policy forbids; the footer carries the attribution.
      layout: { attributionLogo: false, fontSize: 11, fontFamily: getComputedStyle(box).fontFamily },
      crosshair: { mode: CrosshairMode.Magnet },
      timeScale: { timeVisible: true, secondsVisible: false, rightOffset: 9, borderVisible: false },
      rightPriceScale: { borderVisible: false },
      // The page speaks English to everybody; a browser may name a locale that it then refuses itself ("en-US@posix").
      localization: { locale: 'en-US', priceFormatter: format },
      handleScroll: { vertTouchDrag: false },
    })
    this.scheme.addEventListener('change', this.restyle)
    for (const event of ['wheel', 'pointerdown']) box.addEventListener(event, () => (this.isFollowing = false), { passive: true })
    box.addEventListener('dblclick', () => {
      this.isFollowing = true
      this.follow()
    })
  }

  close(): void {
    this.scheme.removeEventListener('change', this.restyle)
    this.chart.remove()
  }

  protected applyColours(): void {
    this.chart.applyOptions({
      layout: { background: { type: ColorType.Solid, color: 'transparent' }, textColor: colour('dim') },
      grid: { vertLines: { color: colour('grid') }, horzLines: { color: colour('grid') } },
    })
    this.box.dataset['scheme'] = this.scheme.matches ? 'dark' : 'light'
  }

  protected follow(): void {
    if (this.isFollowing) this.chart.timeScale().fitContent()
  }
}

/** Gives a series what it needs to go from what it shows to what it should show. */
class Feeder<T extends { time: number }> {
  private shown: T[] = []

  constructor(
    private readonly isSame: (a: T, b: T) => boolean,
    private readonly setAll: (points: T[]) => void,
    private readonly update: (point: T) => void,
  ) {}

  show(points: T[]): boolean {
    const tail = tailSince(this.shown, points, this.isSame)
    if (tail === undefined) this.setAll(points)
    else tail.forEach(this.update)
    this.shown = points
    return tail === undefined || tail.length > 0
  }
}

export class EquityChart extends Plot {
  private readonly series: ISeriesApi<'Area'>
  private readonly feeder: Feeder<Point>
  private start: IPriceLine | undefined
  private startValue = NaN

  constructor(box: HTMLElement) {
    super(box, (value) => '$' + value.toFixed(2))
    this.series = this.chart.addSeries(AreaSeries, { lineWidth: 2, priceLineVisible: false, priceFormat: { type: 'price', precision: 2, minMove: 0.01 } })
    this.feeder = new Feeder<Point>(
      isSamePoint,
      (points) => this.series.setData(points as LineData<UTCTimestamp>[]),
      (point) => this.series.update(point as LineData<UTCTimestamp>),
    )
    this.applyColours()
  }

  show(points: Point[], start: number): void {
    if (start !== this.startValue) {
      this.startValue = start
      if (this.start) this.series.removePriceLine(this.start)
      this.start = this.series.createPriceLine({ price: start, color: colour('dim'), lineWidth: 1, lineStyle: LineStyle.Dashed, title: 'start', axisLabelVisible: false })
    }
    if (this.feeder.show(points)) this.follow()
  }

  protected override applyColours(): void {
    super.applyColours()
    this.series.applyOptions({ lineColor: colour('accent'), topColor: colour('accent-soft'), bottomColor: 'transparent' })
    this.start?.applyOptions({ color: colour('dim') })
  }
}

export class PriceChartView extends Plot {
  private readonly candles: ISeriesApi<'Candlestick'>
  private readonly feeder: Feeder<Candle>
  private readonly lines: { series: ISeriesApi<'Line'>; feeder: Feeder<Point> }[] = []
  private readonly markers: ISeriesMarkersPluginApi<Time>
  private shownTrades: Trade[] = []
  private shownCandles: Candle[] = []

  constructor(box: HTMLElement) {
    super(box, (value) => '$' + value.toLocaleString('en-US', { maximumFractionDigits: 0 }))
    this.candles = this.chart.addSeries(CandlestickSeries, { borderVisible: false, priceFormat: { type: 'price', precision: 2, minMove: 0.01 } })
    this.feeder = new Feeder<Candle>(
      isSameCandle,
      (points) => this.candles.setData(points as CandlestickData<UTCTimestamp>[]),
      (point) => this.candles.update(point as CandlestickData<UTCTimestamp>),
    )
    this.markers = createSeriesMarkers<Time>(this.candles, [])
    this.applyColours()
  }

  show(price: PriceChart, trades: Trade[]): void {
    const candles = ascending(price.candles.map((bar) => (
      { time: bar.timeSeconds, open: bar.openE4 / 1e4, high: bar.highE4 / 1e4, low: bar.lowE4 / 1e4, close: bar.closeE4 / 1e4 })))
    const isChanged = this.feeder.show(candles)
    price.averages.forEach((average, index) => {
      this.line(index).feeder.show(ascending(average.points.map((point) => ({ time: point.timeSeconds, value: point.valueE4 / 1e4 }))))
    })
    this.shownTrades = trades
    this.shownCandles = candles
    this.showTrades()
    if (isChanged) this.follow()
  }

  private line(index: number): { series: ISeriesApi<'Line'>; feeder: Feeder<Point> } {
    const known = this.lines[index]
    if (known) return known
    const series = this.chart.addSeries(LineSeries, { lineWidth: 1, priceLineVisible: false, lastValueVisible: false, crosshairMarkerVisible: false })
    const made = {
      series,
      feeder: new Feeder<Point>(
        isSamePoint,
        (points) => series.setData(points as LineData<UTCTimestamp>[]),
        (point) => series.update(point as LineData<UTCTimestamp>),
      ),
    }
    this.lines.push(made)
    this.applyColours()
    return made
  }

  /** A fill stands on the candle of its minute; only the last few have words, so that they can be read. */
  private showTrades(): void {
    const first = this.shownCandles[0]?.time ?? Infinity
    const markers = this.shownTrades
      .map((trade, index) => ({ trade, time: Math.floor(trade.timeNanos / 1e9 / MINUTE) * MINUTE, isLabelled: index >= this.shownTrades.length - LABELLED_TRADES }))
      .filter(({ time }) => time >= first)
      .map(({ trade, time, isLabelled }): SeriesMarker<Time> => {
        // Buying YES or selling NO is a bet on up.
        const isUp = (trade.action === 'buy') === (trade.side === 'YES')
        return {
          time: time as UTCTimestamp,
          position: isUp ? 'belowBar' : 'aboveBar',
          shape: isUp ? 'arrowUp' : 'arrowDown',
          color: colour(isUp ? 'good' : 'bad'),
          text: isLabelled ? `${trade.action} ${trade.side} ${contracts(trade.countE2)}` : '',
        }
      })
    this.markers.setMarkers(markers)
  }

  protected override applyColours(): void {
    super.applyColours()
    this.candles.applyOptions({ upColor: colour('good'), downColor: colour('bad'), wickUpColor: colour('good'), wickDownColor: colour('bad') })
    this.lines.forEach((line, index) => line.series.applyOptions({ color: colour(`average-${index}`) || colour('accent') }))
    this.showTrades()
  }
}
