package voltage.training.data;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import voltage.market.Candle;

/** What a candle must satisfy beyond its own prices, given the one before. */
final class CandleRules {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    /** No minute of Bitcoin has moved so far from the last; a misplaced digit does. */
    private static final double MOST_MOVE = 0.25;

    private @Nullable Candle before;

    /** The rule that a candle breaks, with what was found; if none, it is the one before the next. */
    Optional<String> broken(Candle candle) {
        Candle last = before;
        if (Math.floorMod(candle.openNanos(), MINUTE_NANOS) != 0) {
            return Optional.of("a candle starts on a whole minute, was " + candle.openNanos() / 1_000_000 + " ms");
        }
        if (candle.volumeE8() < 0) {
            return Optional.of("a volume is not negative, was " + candle.volumeE8() + "e-8");
        }
        if (last != null && candle.openNanos() <= last.openNanos()) {
            return Optional.of("candles come in order, each minute once, was " + candle.openNanos() / 1_000_000
                    + " ms after " + last.openNanos() / 1_000_000 + " ms");
        }
        if (candle.highE4() > candle.lowE4() * (1 + MOST_MOVE)) {
            return Optional.of(
                    "a minute's high is within 25 % of its low, was " + candle.highE4() + " over " + candle.lowE4());
        }
        if (last != null
                && candle.openNanos() - last.openNanos() == MINUTE_NANOS
                && Math.abs(candle.openE4() - last.closeE4()) > MOST_MOVE * last.closeE4()) {
            return Optional.of("a minute opens within 25 % of the close before, was " + candle.openE4() + " after "
                    + last.closeE4());
        }
        before = candle;
        return Optional.empty();
    }
}
