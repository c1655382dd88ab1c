package voltage.worker.dashboard;

import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;
import voltage.market.Side;

/**
 * An open position.
 *
 * @param countE2 hundredths of a contract, positive on either side
 * @param averageCostE4 paid for one contract of that side, fees not included
 * @param bidE4 what one contract of that side could be sold for, or null without a bid
 * @param unrealisedE6 at that bid, or null without one
 * @param worstCaseLossE6 lost if it settles against us, positive
 * @param secondsToClose negative after the close
 */
@Serdeable
public record PositionView(
        String ticker,
        Side side,
        long countE2,
        int averageCostE4,
        @Nullable Integer bidE4,
        @Nullable Long unrealisedE6,
        long worstCaseLossE6,
        long secondsToClose) {}
