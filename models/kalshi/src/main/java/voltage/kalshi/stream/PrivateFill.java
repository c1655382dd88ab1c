package voltage.kalshi.stream;

import voltage.kalshi.KalshiFill;
import voltage.market.AccountEvent;
import voltage.market.MarketKey;

/** A fill of ours, told over the stream. The same fill also comes over REST: de-duplicate by {@code fill.tradeId()}. */
public record PrivateFill(MarketKey market, KalshiFill fill, long receivedNanos) implements AccountEvent {
    @Override
    public long exchangeNanos() {
        return fill.exchangeNanos();
    }
}
