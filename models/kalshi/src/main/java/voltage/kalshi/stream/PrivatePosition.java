package voltage.kalshi.stream;

import voltage.kalshi.KalshiPosition;
import voltage.market.MarketKey;
import voltage.order.ExchangeWord;

/** Our position in a market changed. It may arrive after a newer fill and be older than it: never let it overwrite a fill. */
public record PrivatePosition(MarketKey market, KalshiPosition position, long exchangeNanos, long receivedNanos)
        implements ExchangeWord.OfPosition {
    @Override
    public String ticker() {
        return market.ticker();
    }

    @Override
    public long positionE2() {
        return position.positionE2();
    }
}
