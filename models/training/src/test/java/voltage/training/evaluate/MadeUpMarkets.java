package voltage.training.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.feature.FeatureSet;
import voltage.market.Candle;
import voltage.training.data.Cadence;
import voltage.training.data.CandleSource;
import voltage.training.data.ClusteredMinutes;
import voltage.training.data.Dataset;
import voltage.training.data.DatasetBuilder;
import voltage.training.data.MinutePrices;
import voltage.training.data.MinuteQuote;

/** Minutes whose volatility comes and goes, and quarter-hour contracts on them that settle by the candles' means. */
final class MadeUpMarkets {
    static final long MINUTE = 60_000_000_000L;
    static final long QUARTER = 15 * MINUTE;
    /** 2026-02-16T00:00Z. */
    static final long START = 1_771_200_000_000_000_000L;

    static final List<VolatilityEvent> EVENTS = VolatilityEvent.grid(List.of(15), List.of(10, 20));

    /** What a made-up market says of a contract, given how it will end. */
    @FunctionalInterface
    interface Quoting {
        double mid(boolean outcome, int minutesToClose, SplittableRandom random);
    }

    private MadeUpMarkets() {}

    static List<Candle> candles(int days, long seed) {
        return ClusteredMinutes.of(START, days * 1_440, seed);
    }

    static Dataset dataset(List<Candle> candles) {
        return DatasetBuilder.build(CandleSource.of(candles), FeatureSet.CANDLES, Cadence.MINUTE, EVENTS);
    }

    /** All contracts of some days, each with its fifteen quotes, in the order of time. */
    static List<MinuteQuote> quotes(List<Candle> candles, int fromDay, int toDay, Quoting quoting) {
        MinutePrices prices = MinutePrices.of(CandleSource.of(candles));
        SplittableRandom random = new SplittableRandom(77);
        List<MinuteQuote> quotes = new ArrayList<>();
        for (long close = START + fromDay * 1_440L * MINUTE + QUARTER;
                close < START + toDay * 1_440L * MINUTE;
                close += QUARTER) {
            boolean outcome = prices.mean(close) >= prices.mean(close - QUARTER);
            for (int left = 15; left >= 1; left--) {
                quotes.add(new MinuteQuote(
                        "M" + close, close, close - left * MINUTE, left, quoting.mid(outcome, left, random), outcome));
            }
        }
        return quotes;
    }
}
