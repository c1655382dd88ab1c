package voltage.worker.dashboard;

import com.fasterxml.jackson.annotation.JsonValue;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Locale;
import voltage.market.Side;

/**
 * A fill of ours.
 *
 * @param priceE4 of the side named
 * @param feeE6 paid for it
 */
@Serdeable
public record TradeView(
        long timeNanos, String ticker, Action action, Side side, long countE2, int priceE4, long feeE6) {

    /** What we did. */
    @Serdeable
    public enum Action {
        BUY,
        SELL;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
