package voltage.strategy;

import voltage.market.OrderBook;
import voltage.market.Side;

/**
 * Order-book imbalance: the YES bids' share of the contracts on the best levels of both sides. At or above the upper bound it says
 * up, at or below the lower bound down (0.65 and 0.35, which is ±0.30 on the scale of (bid−ask)/(bid+ask)).
 */
public final class OrderBookImbalance implements Strategy {
    private final int levels;
    private final int upperE6;
    private final int lowerE6;

    /** @param levels how many non-empty levels a side */
    public OrderBookImbalance(int levels, int upperE6, int lowerE6) {
        this.levels = levels;
        this.upperE6 = upperE6;
        this.lowerE6 = lowerE6;
    }

    @Override
    public String name() {
        return "obi";
    }

    @Override
    public Pace pace() {
        return Pace.BOOK;
    }

    @Override
    public void evaluate(MarketView view, Opinion out) {
        OrderBook book = view.book();
        if (!book.isTwoSided()) {
            return;
        }
        long bids = book.ladder(Side.YES).depthE2(levels);
        long asks = book.ladder(Side.NO).depthE2(levels);
        int shareE6 = (int) (bids * 1_000_000 / (bids + asks));
        out.direction(shareE6 >= upperE6 ? 1 : shareE6 <= lowerE6 ? -1 : 0, shareE6);
    }
}
