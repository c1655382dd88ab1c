package voltage.forecast.monitor;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A market that has ended, with what was forecast of it. All its forecasts share one outcome: the market is what counts as an observation.
 *
 * @param closeNanos epoch nanoseconds UTC
 * @param outcome whether YES was paid
 * @param forecasts in the order of time, at least one
 * @param trade what we did in it, if anything
 */
public record ResolvedMarket(
        String ticker, long closeNanos, boolean outcome, List<ResolvedForecast> forecasts, Optional<Trade> trade) {
    /**
     * A position that has ended.
     *
     * @param expected probability, as it was traded on, that the side bought would be paid
     * @param isPaid whether the side bought was paid at settlement, held to it or not
     * @param pnlE6 profit after fees in micro-dollars
     */
    public record Trade(double expected, boolean isPaid, long pnlE6) {
        public Trade {
            if (!(expected >= 0 && expected <= 1)) {
                throw new IllegalArgumentException("a probability is 0 to 1, was " + expected + " for a trade");
            }
        }
    }

    public ResolvedMarket {
        forecasts = List.copyOf(forecasts);
        if (forecasts.isEmpty()) {
            throw new IllegalArgumentException(
                    "a resolved market has a forecast, " + ticker + " has none: leave it out");
        }
    }

    /** The forecast nearest to so many minutes before close; of two as near, the earlier. */
    public ResolvedForecast nearest(int minutesToClose) {
        return forecasts.stream()
                .min(Comparator.comparingInt(forecast -> Math.abs(forecast.minutesToClose() - minutesToClose)))
                .orElseThrow();
    }

    /** Mean over its instants of our squared error less the market's; below 0 means that we were the better. */
    public double brierDifference() {
        double y = outcome ? 1 : 0;
        double sum = 0;
        for (ResolvedForecast forecast : forecasts) {
            double ours = forecast.probability() - y;
            double theirs = forecast.market() - y;
            sum += ours * ours - theirs * theirs;
        }
        return sum / forecasts.size();
    }
}
