package voltage.order;

import voltage.market.Side;
import voltage.market.TickGrid;

/**
 * What is asked of the exchange.
 *
 * @param ticker market
 * @param exchangeIndex the market's shard
 * @param bookSide bid or ask of the YES book
 * @param yesPriceE4 limit, always in the YES scale, ten-thousandths of a dollar, above 0 and below 10 000
 * @param countE2 contracts in hundredths, above 0
 * @param timeInForce how long it may live
 * @param expiresNanos for {@code GOOD_TILL_TIME}, else 0
 * @param postOnly refused rather than taking
 * @param reduceOnly may only make the position smaller
 */
public record OrderTerms(
        String ticker,
        int exchangeIndex,
        BookSide bookSide,
        int yesPriceE4,
        long countE2,
        TimeInForce timeInForce,
        long expiresNanos,
        boolean postOnly,
        boolean reduceOnly) {
    public OrderTerms {
        if (yesPriceE4 <= 0 || yesPriceE4 >= TickGrid.ONE_DOLLAR_E4) {
            throw new IllegalArgumentException(
                    "an order price is above 0 and below 1.0000, was " + yesPriceE4 + " E4 on " + ticker);
        }
        if (countE2 <= 0) {
            throw new IllegalArgumentException("an order's count is above 0, was " + countE2 + " E2 on " + ticker);
        }
        if ((timeInForce == TimeInForce.GOOD_TILL_TIME) != (expiresNanos > 0)) {
            throw new IllegalArgumentException("an expiry belongs to GOOD_TILL_TIME and to nothing else, was "
                    + expiresNanos + " with " + timeInForce);
        }
        if (reduceOnly && timeInForce == TimeInForce.GOOD_TILL_TIME) {
            throw new IllegalArgumentException("reduce-only orders cannot rest on " + ticker);
        }
    }

    /** Buys a side's contracts at once, up to a price in that side's own scale; what is not filled at once is cancelled. */
    public static OrderTerms take(String ticker, int exchangeIndex, Side side, int limitE4, long countE2) {
        return side == Side.YES
                ? immediate(ticker, exchangeIndex, BookSide.BID, limitE4, countE2, false)
                : immediate(ticker, exchangeIndex, BookSide.ASK, TickGrid.ONE_DOLLAR_E4 - limitE4, countE2, false);
    }

    /** Sells contracts that are held, at once, down to a price in their side's own scale; can never cross zero. */
    public static OrderTerms reduce(String ticker, int exchangeIndex, Side held, int limitE4, long countE2) {
        return held == Side.YES
                ? immediate(ticker, exchangeIndex, BookSide.ASK, limitE4, countE2, true)
                : immediate(ticker, exchangeIndex, BookSide.BID, TickGrid.ONE_DOLLAR_E4 - limitE4, countE2, true);
    }

    private static OrderTerms immediate(
            String ticker, int exchangeIndex, BookSide bookSide, int yesPriceE4, long countE2, boolean reduceOnly) {
        return new OrderTerms(
                ticker,
                exchangeIndex,
                bookSide,
                yesPriceE4,
                countE2,
                TimeInForce.IMMEDIATE_OR_CANCEL,
                0,
                false,
                reduceOnly);
    }

    public OrderTerms withCount(long newCountE2) {
        return new OrderTerms(
                ticker,
                exchangeIndex,
                bookSide,
                yesPriceE4,
                newCountE2,
                timeInForce,
                expiresNanos,
                postOnly,
                reduceOnly);
    }

    /** The count with the sign that it would give to a position. */
    public long signedCountE2() {
        return bookSide.sign() * countE2;
    }
}
