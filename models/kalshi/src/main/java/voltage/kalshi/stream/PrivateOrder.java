package voltage.kalshi.stream;

import voltage.kalshi.KalshiOrder;
import voltage.market.AccountEvent;
import voltage.market.MarketKey;

/** An order of ours changed. Counts are cumulative over the order. */
public record PrivateOrder(MarketKey market, KalshiOrder order, long exchangeNanos, long receivedNanos)
        implements AccountEvent {}
