package voltage.local.feeds;

/** A trade on Kraken. {@code isBuy} is the taker's side. */
record KrakenTrade(long tradeId, long priceE4, long sizeE8, long exchangeNanos, boolean isBuy) {}
