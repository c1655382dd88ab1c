package voltage.kalshi.stream;

import voltage.kalshi.KalshiFill;
import voltage.market.MarketKey;
import voltage.order.ExchangeWord;

/** A fill of ours, told over the stream. The same fill also comes over REST: de-duplicate by {@code fill.tradeId()}. */
public record PrivateFill(MarketKey market, KalshiFill fill, long receivedNanos) implements ExchangeWord.OfFill {
    @Override
    public String ticker() {
        return market.ticker();
    }

    @Override
    public String tradeId() {
        return fill.tradeId();
    }

    @Override
    public long exchangeNanos() {
        return fill.exchangeNanos();
    }
}
