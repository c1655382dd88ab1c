package voltage.order;

/**
 * One execution as the exchange reported it.
 *
 * @param tradeId unique for ever; what bookings are de-duplicated on
 * @param orderId the exchange's order id
 * @param ticker market
 * @param bookSide which side of the YES book our order was on
 * @param yesPriceE4 execution price in the YES scale
 * @param countE2 contracts in hundredths, above 0
 * @param feeE6 the fee of this fill in micro-dollars, at least 0
 * @param isTaker whether we took
 * @param exchangeNanos when it happened
 */
public record Fill(
        String tradeId,
        String orderId,
        String ticker,
        BookSide bookSide,
        int yesPriceE4,
        long countE2,
        long feeE6,
        boolean isTaker,
        long exchangeNanos) {
    public Fill {
        if (countE2 <= 0 || feeE6 < 0 || yesPriceE4 < 0 || yesPriceE4 > 10_000) {
            throw new IllegalArgumentException("a fill needs count > 0, fee >= 0 and a price within 0 to 1.0000, was "
                    + countE2 + " E2, " + feeE6 + " E6, " + yesPriceE4 + " E4 in trade " + tradeId);
        }
    }

    public long signedCountE2() {
        return bookSide.sign() * countE2;
    }
}
