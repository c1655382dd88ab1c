package voltage.worker.view;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import voltage.market.Candle;
import voltage.market.CandleHistory;
import voltage.market.CandleSeries;
import voltage.market.MarketEvent;
import voltage.market.Venue;
import voltage.worker.dashboard.PriceChart;

/** Bitcoin's minutes by venue, the current one included, and exponential moving averages over the closed ones. */
final class PriceTape {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long MINUTE_NANOS = 60 * SECOND_NANOS;
    private static final int BARS = 150;
    private static final int[] AVERAGES = {9, 21};
    /** Averages are kept in hundred-millionths, so that rounding cannot creep into what is shown. */
    private static final long FINER = 10_000;

    private final Map<Venue, Tape> tapes = new EnumMap<>(Venue.class);
    private @Nullable Tape charted;
    private long chartedUntilNanos;
    private int chartedMinutes;
    private List<PriceChart.Bar> bars = List.of();
    private List<PriceChart.Line> averages = List.of();

    void trade(MarketEvent.SpotTrade trade) {
        tape(trade.venue()).price(trade.priceE4(), trade.sizeE8(), trade.receivedNanos());
    }

    void candle(MarketEvent.SpotCandle event) {
        if (event.minutes() == 1) {
            tape(event.venue()).candle(event);
        }
    }

    void second(long nowNanos) {
        for (Tape tape : tapes.values()) {
            tape.history.closeUntil(nowNanos);
        }
    }

    private Tape tape(Venue venue) {
        return tapes.computeIfAbsent(venue, unseen -> new Tape());
    }

    /** The venue that knows most of the past, with its current minute. */
    PriceChart chart() {
        Tape best = null;
        for (Tape tape : tapes.values()) {
            if (best == null || tape.minutes().size() > best.minutes().size()) {
                best = tape;
            }
        }
        if (best == null) {
            return new PriceChart(List.of(), List.of());
        }
        drawClosed(best);
        Candle forming = best.forming;
        if (forming == null
                || !best.minutes().isEmpty()
                        && forming.openNanos() <= best.minutes().last().openNanos()) {
            return new PriceChart(bars, averages);
        }
        List<PriceChart.Bar> all = new ArrayList<>(bars);
        all.add(bar(forming));
        return new PriceChart(all, averages);
    }

    private void drawClosed(Tape tape) {
        CandleSeries minutes = tape.minutes();
        long until = minutes.isEmpty() ? 0 : minutes.last().openNanos();
        if (tape == charted && until == chartedUntilNanos && minutes.size() == chartedMinutes) {
            return;
        }
        charted = tape;
        chartedUntilNanos = until;
        chartedMinutes = minutes.size();
        List<Candle> candles = minutes.toList();
        int from = Math.max(0, candles.size() - BARS);
        bars = candles.stream().skip(from).map(PriceTape::bar).toList();
        List<PriceChart.Line> lines = new ArrayList<>();
        for (int length : AVERAGES) {
            lines.add(new PriceChart.Line("EMA " + length, average(candles, length, from)));
        }
        averages = List.copyOf(lines);
    }

    /** Begins with the first close and is shown only once it has seen its own length. */
    private static List<PriceChart.Point> average(List<Candle> candles, int length, int from) {
        List<PriceChart.Point> points = new ArrayList<>();
        long average = 0;
        for (int i = 0; i < candles.size(); i++) {
            long close = candles.get(i).closeE4() * FINER;
            average = i == 0 ? close : average + (close - average) * 2 / (length + 1);
            if (i >= from && i >= length - 1) {
                points.add(new PriceChart.Point(candles.get(i).openNanos() / SECOND_NANOS, average / FINER));
            }
        }
        return points;
    }

    private static PriceChart.Bar bar(Candle candle) {
        return new PriceChart.Bar(
                candle.openNanos() / SECOND_NANOS, candle.openE4(), candle.highE4(), candle.lowE4(), candle.closeE4());
    }

    /** One venue. */
    private static final class Tape {
        private final CandleHistory history = new CandleHistory();
        private boolean reportsCandles;
        private @Nullable Candle forming;

        CandleSeries minutes() {
            return history.minutes();
        }

        void price(long priceE4, long sizeE8, long nanos) {
            long minute = Math.floorDiv(nanos, MINUTE_NANOS) * MINUTE_NANOS;
            Candle current = forming;
            forming = current == null || current.openNanos() < minute
                    ? new Candle(minute, priceE4, priceE4, priceE4, priceE4, sizeE8, 1, false)
                    : new Candle(
                            current.openNanos(),
                            current.openE4(),
                            Math.max(current.highE4(), priceE4),
                            Math.min(current.lowE4(), priceE4),
                            priceE4,
                            current.volumeE8() + sizeE8,
                            current.trades() + 1,
                            false);
            if (!reportsCandles) {
                history.trade(nanos, priceE4, sizeE8);
            }
        }

        void candle(MarketEvent.SpotCandle event) {
            if (!event.isClosed()) {
                forming = event.candle();
            } else if (event.isBackfill()) {
                history.backfill(event.candle());
            } else {
                reportsCandles = true;
                history.closed(event.candle());
            }
        }
    }
}
