package voltage.local.feeds;

import voltage.market.FixedPoint;

/** Kraken's ticker, made of the trades: a session has no quotes, so the last trade is taken for the side that it hit. */
final class KrakenTicker {
    private static final long TICK_E4 = 1_000;

    private KrakenTrade last = new KrakenTrade(0, 0, 0, 0, true);
    private long firstE4;
    private long lowE4 = Long.MAX_VALUE;
    private long highE4;
    private long volumeE8;
    private long sumE4;
    private long count;

    /** Whether a trade at this price counts as a buyer's. */
    boolean isUptick(long priceE4) {
        return priceE4 > last.priceE4() || priceE4 == last.priceE4() && last.isBuy();
    }

    void add(KrakenTrade trade) {
        firstE4 = firstE4 == 0 ? trade.priceE4() : firstE4;
        last = trade;
        lowE4 = Math.min(lowE4, trade.priceE4());
        highE4 = Math.max(highE4, trade.priceE4());
        volumeE8 += trade.sizeE8();
        sumE4 += trade.priceE4();
        count++;
    }

    String frame(String type) {
        long bidE4 = last.isBuy() ? last.priceE4() - TICK_E4 : last.priceE4();
        long changeE4 = last.priceE4() - firstE4;
        return "{\"channel\":\"ticker\",\"type\":\"" + type + "\",\"data\":[{\"symbol\":\"" + KrakenVenue.SYMBOL
                + "\",\"bid\":" + Wire.price(bidE4, 1) + ",\"bid_qty\":" + quantity(1)
                + ",\"ask\":" + Wire.price(bidE4 + TICK_E4, 1) + ",\"ask_qty\":" + quantity(2)
                + ",\"last\":" + Wire.price(last.priceE4(), 1)
                + ",\"volume\":" + Wire.size(volumeE8)
                + ",\"vwap\":" + Wire.price(sumE4 / Math.max(1, count) / TICK_E4 * TICK_E4, 1)
                + ",\"low\":" + Wire.price(lowE4, 1) + ",\"high\":" + Wire.price(highE4, 1)
                + ",\"change\":" + Wire.price(changeE4, 1)
                + ",\"change_pct\":" + FixedPoint.format(firstE4 == 0 ? 0 : changeE4 * 10_000 / firstE4, 2)
                + ",\"trades\":" + count
                + ",\"timestamp\":\"" + Wire.micros(last.exchangeNanos()) + "\"}]}";
    }

    /** Something plausible that is always the same for the same trade. */
    private String quantity(int salt) {
        return Wire.size(1_000_000 + (last.tradeId() * 7_919 + salt * 104_729L) % 250_000_000);
    }
}
