package voltage.kalshi.stream;

import voltage.kalshi.KalshiPosition;
import voltage.market.AccountEvent;
import voltage.market.MarketKey;

/** Our position in a market changed. It may arrive after a newer fill and be older than it: never let it overwrite a fill. */
public record PrivatePosition(MarketKey market, KalshiPosition position, long exchangeNanos, long receivedNanos)
        implements AccountEvent {}
