package voltage.local.session;

import voltage.market.Candle;
import voltage.market.Side;
import voltage.market.Venue;

/**
 * Something that happened outside, in a session. {@code atNanos} is when everybody could know it (a recording's receive time);
 * a session hands its events out in that order. {@code exchangeNanos} is the venue's own time stamp, which may be ahead of it.
 */
public sealed interface SessionEvent {
    long atNanos();

    /** The whole anonymous book of a market, as a recorder received it. Both sides may be empty, as after close. */
    record BookImage(
            long atNanos, String ticker, int[] yesPricesE4, long[] yesCountsE2, int[] noPricesE4, long[] noCountsE2)
            implements SessionEvent {}

    /** A signed change of one level of a market's anonymous book. */
    record BookChange(long atNanos, String ticker, Side side, int priceE4, long deltaE2, long exchangeNanos)
            implements SessionEvent {}

    /** The recording lost frames of this market here: what follows does not continue what came before. */
    record BookLost(long atNanos, String ticker) implements SessionEvent {}

    /**
     * Kalshi's summary of a market, about once a second.
     *
     * @param lastE4 last trade's YES price
     * @param lastCountE2 last trade's size
     * @param volumeE2 contracts traded so far: its increase says how much was traded since the last summary
     */
    record TickerPrint(
            long atNanos,
            String ticker,
            int lastE4,
            long lastCountE2,
            long volumeE2,
            long openInterestE2,
            long exchangeNanos)
            implements SessionEvent {}

    /** A public trade of a contract; only simulated sessions have them. Its effect on the book comes as {@link BookChange}. */
    record ContractPrint(long atNanos, String ticker, int yesPriceE4, long countE2, Side taker, long exchangeNanos)
            implements SessionEvent {}

    /** A trade on a spot venue. {@code sizeE8} is 0 where the recording does not have it. */
    record SpotPrint(long atNanos, Venue venue, long tradeId, long priceE4, long sizeE8, long exchangeNanos)
            implements SessionEvent {}

    /** A one-minute candle of a spot venue, known at its end. */
    record CandleClosed(long atNanos, Venue venue, Candle candle) implements SessionEvent {}

    /** The settlement index, once a second; only simulated sessions have it. */
    record IndexPrint(long atNanos, long valueE4) implements SessionEvent {}
}
