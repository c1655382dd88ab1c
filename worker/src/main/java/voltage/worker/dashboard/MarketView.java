package voltage.worker.dashboard;

import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/**
 * A market as it stands. All prices are of YES; null is "not known".
 *
 * @param strikeE4 in ten-thousandths of a dollar of the underlying
 * @param status in Kalshi's words: open, paused, closed, determined, settled
 * @param fairE6 our probability of YES, 1,000,000 is certain
 */
@Serdeable
public record MarketView(
        String ticker,
        @Nullable Long strikeE4,
        String status,
        long secondsToClose,
        @Nullable Integer bidE4,
        @Nullable Integer askE4,
        @Nullable Integer midE4,
        @Nullable Integer fairE6,
        @Nullable Integer spreadE4) {}
