package voltage.training.data;

import java.util.OptionalLong;

/**
 * A quarter-hour market as it was recorded.
 *
 * @param openNanos epoch nanoseconds UTC
 * @param closeNanos the same, after {@code openNanos}
 * @param strikeE4 the mean of Kalshi's index over the minute before opening, in ten-thousandths of a dollar; often not recorded
 * @param settlementE4 the mean over the minute before closing; often not recorded
 * @param result who was paid
 */
public record RecordedMarket(
        String ticker,
        long openNanos,
        long closeNanos,
        OptionalLong strikeE4,
        OptionalLong settlementE4,
        Result result) {
    /** What became of a market. */
    public enum Result {
        YES,
        NO,
        UNKNOWN
    }

    public RecordedMarket {
        if (ticker.isEmpty() || closeNanos <= openNanos) {
            throw new IllegalArgumentException("a market has a ticker and closes after it opens, was \"" + ticker
                    + "\" from " + openNanos + " to " + closeNanos);
        }
        if (strikeE4.isPresent()
                && settlementE4.isPresent()
                && result != Result.UNKNOWN
                && (settlementE4.getAsLong() >= strikeE4.getAsLong()) != (result == Result.YES)) {
            throw new IllegalArgumentException(
                    "a market pays YES if and only if its settlement is at least its strike, "
                            + ticker + " was " + result + " with " + settlementE4.getAsLong() + " against "
                            + strikeE4.getAsLong());
        }
    }

    RecordedMarket withStrikeE4(long strike) {
        return new RecordedMarket(ticker, openNanos, closeNanos, OptionalLong.of(strike), settlementE4, result);
    }
}
