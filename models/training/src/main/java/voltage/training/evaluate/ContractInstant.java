package voltage.training.evaluate;

import java.util.ArrayList;
import java.util.List;
import voltage.forecast.event.ContractProbability;
import voltage.forecast.model.ForecastInput;
import voltage.training.data.Dataset;
import voltage.training.data.MinutePrices;
import voltage.training.data.MinuteQuote;

/**
 * One quote and what our forecast may know beside it. The strike is a price of Kalshi's index and the candles are in USDT, whose distance
 * drifts; so only moves count. The strike is the index' mean over the minute before opening, and the same minute's candle has it in our
 * currency: to take a strike and correct it by the basis of that minute is the same as to take the candle's mean.
 *
 * @param input of the minute that ended at or before {@code t − 60 s}
 * @param moved ratio of the known price to the strike; 1 while the strike itself is yet to be made
 * @param secondsLeft in seconds of variance until close, as {@link ContractProbability} takes them
 */
record ContractInstant(MinuteQuote quote, ForecastInput input, double moved, double secondsLeft) {
    private static final long MINUTE_NANOS = 60_000_000_000L;

    /** Those quotes beside which prices and features are known, in the order of time. */
    static List<ContractInstant> of(List<MinuteQuote> quotes, Dataset data, MinutePrices prices, Knowledge knowledge) {
        List<ContractInstant> instants = new ArrayList<>();
        for (MinuteQuote quote : quotes) {
            long began = quote.atNanos() - MINUTE_NANOS;
            int row = data.indexAt(began);
            double moved = moved(quote, prices, knowledge);
            if (row >= 0 && moved > 0) {
                double left = 60.0 * quote.minutesToClose() + knowledge.lagSeconds();
                instants.add(new ContractInstant(quote, data.input(row), moved, left));
            }
        }
        return instants;
    }

    /** NaN if a minute is not known. */
    private static double moved(MinuteQuote quote, MinutePrices prices, Knowledge knowledge) {
        double strike = prices.mean(quote.openNanos());
        return switch (knowledge) {
            case BEFORE_MINUTE -> {
                long began = quote.atNanos() - MINUTE_NANOS;
                // At opening the strike's own minute has only begun: nothing has moved against it yet.
                yield began < quote.openNanos() ? 1 : prices.close(began) / strike;
            }
            case SAME_MINUTE -> prices.mean(quote.atNanos()) / strike;
        };
    }

    /** Probability of YES under a volatility of log price per √s. */
    double yes(ContractProbability contracts, double volatility) {
        return UnitContract.yes(contracts, moved, volatility, secondsLeft);
    }

    /** Whether the market paid YES. */
    boolean outcome() {
        return quote.outcome();
    }
}
