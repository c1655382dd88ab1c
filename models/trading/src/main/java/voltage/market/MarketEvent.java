package voltage.market;

import java.util.List;

/**
 * Something that happened outside and that the engine must know. Times are epoch nanoseconds UTC.
 *
 * <p>Receive times never run backwards over the sequence of events handed to an engine; exchange times may.
 */
public sealed interface MarketEvent
        permits MarketEvent.SpotTrade,
                MarketEvent.SpotQuote,
                MarketEvent.SpotCandle,
                MarketEvent.IndexValue,
                MarketEvent.BookSnapshot,
                BookDelta,
                MarketEvent.BookDamaged,
                MarketEvent.ContractTrade,
                MarketEvent.ContractTicker,
                MarketEvent.MarketListed,
                MarketEvent.MarketDetermined,
                MarketEvent.MarketSettled,
                MarketEvent.MarketPaused,
                MarketEvent.FeedChanged,
                MarketEvent.Forecast,
                MarketEvent.ForecastFailed,
                MarketEvent.Timer,
                AccountEvent {

    /** When it happened, by the exchange's clock; 0 if the exchange did not say. */
    long exchangeNanos();

    /** When it was received, by this machine's clock. */
    long receivedNanos();

    /** A trade on a spot venue. {@code sizeE8} is 0 where the venue did not say. */
    record SpotTrade(Venue venue, long tradeId, long priceE4, long sizeE8, long exchangeNanos, long receivedNanos)
            implements MarketEvent {}

    /** Best bid and ask on a spot venue. */
    record SpotQuote(Venue venue, long bidE4, long askE4, long exchangeNanos, long receivedNanos)
            implements MarketEvent {}

    /**
     * A candle as a venue reports it.
     *
     * @param minutes its length: 1, 5 or 15
     * @param openNanos its start
     * @param isClosed whether its values are final. A candle that is still forming is a price, not history.
     * @param isBackfill whether it was fetched to fill the past; such a candle never triggers a signal
     */
    record SpotCandle(
            Venue venue,
            int minutes,
            Candle candle,
            boolean isClosed,
            boolean isBackfill,
            long exchangeNanos,
            long receivedNanos)
            implements MarketEvent {}

    /**
     * The settlement index.
     *
     * @param valueE4 the index now
     * @param average60E4 its average over the trailing 60 seconds, or 0 if not sent
     * @param closingAverageE4 the running settlement average, sent only in the last minute before a quarter-hour, else 0
     * @param closingCount how many of the 60 values that average holds, 0 outside the last minute
     */
    record IndexValue(
            String indexId,
            long valueE4,
            long average60E4,
            long closingAverageE4,
            int closingCount,
            long exchangeNanos,
            long receivedNanos)
            implements MarketEvent {}

    /**
     * The whole book of a market. Parallel arrays, one pair a side; the event owns them.
     *
     * @param sequence the subscription's sequence number; 0 for a REST book
     */
    record BookSnapshot(
            MarketKey market,
            int[] yesPricesE4,
            long[] yesCountsE2,
            int[] noPricesE4,
            long[] noCountsE2,
            long sequence,
            long exchangeNanos,
            long receivedNanos)
            implements MarketEvent {}

    /** Why a book can no longer be trusted. */
    enum Damage {
        SEQUENCE_GAP,
        NEGATIVE_LEVEL,
        OFF_GRID,
        CROSSED,
        DISCONNECTED,
        OVERRUN
    }

    /** A market's book is not to be trusted until its next snapshot. */
    record BookDamaged(MarketKey market, Damage damage, long exchangeNanos, long receivedNanos)
            implements MarketEvent {}

    /** A public trade of a contract. {@code taker} is the side the taker bought. */
    record ContractTrade(
            MarketKey market,
            String tradeId,
            int yesPriceE4,
            long countE2,
            Side taker,
            boolean isBlock,
            long exchangeNanos,
            long receivedNanos)
            implements MarketEvent {}

    /** Kalshi's summary of a market. Prices are 0 and one dollar where there is no quote. */
    record ContractTicker(
            MarketKey market,
            int lastE4,
            int yesBidE4,
            int yesAskE4,
            long volumeE2,
            long openInterestE2,
            long exchangeNanos,
            long receivedNanos)
            implements MarketEvent {}

    /** A market exists, or its strike, times, grid or fees changed. The definition replaces the earlier one. */
    record MarketListed(MarketDefinition definition, long exchangeNanos, long receivedNanos) implements MarketEvent {}

    /** The outcome is known but not yet final. */
    record MarketDetermined(MarketKey market, Side result, long exchangeNanos, long receivedNanos)
            implements MarketEvent {}

    /** The market is final: positions have been paid. */
    record MarketSettled(MarketKey market, long exchangeNanos, long receivedNanos) implements MarketEvent {}

    /**
     * Trading in a market, or on the whole exchange if {@code markets} is empty, stopped or resumed. Of the whole exchange it is told with
     * each answer, changed or not: how old the last one is counts too.
     */
    record MarketPaused(List<MarketKey> markets, boolean isPaused, long exchangeNanos, long receivedNanos)
            implements MarketEvent {}

    /** A feed came up or went down. While it is down nothing on it is fresh. */
    record FeedChanged(Feed feed, boolean isUp, long exchangeNanos, long receivedNanos) implements MarketEvent {}

    /** What models say of one volatility event: its name, as {@code event-15m-20bp}, and its probability in millionths. */
    record EventProbability(String event, int probabilityE6) {}

    /**
     * What a set of models expects of the next quarter of an hour. An input like any other, since what a net computes may differ in
     * its last bits from processor to processor, and the same journal must give the same decisions on all of them.
     *
     * @param model version of the set
     * @param isShadow of a challenger, that is only measured
     * @param untilNanos end of the latest minute that it knows, epoch nanoseconds UTC
     * @param volatilityE12 of log price per √s, in 10⁻¹²
     * @param tailDegrees of freedom of the Student's t that goes with it; 0 for the normal distribution
     */
    record Forecast(
            String model,
            boolean isShadow,
            long untilNanos,
            long volatilityE12,
            int tailDegrees,
            List<EventProbability> events,
            long exchangeNanos,
            long receivedNanos)
            implements MarketEvent {
        public Forecast {
            if (volatilityE12 <= 0 || (tailDegrees != 0 && tailDegrees < 3)) {
                throw new IllegalArgumentException(
                        "a forecast has a volatility above 0 and a tail of 0 (normal) or at least 3 degrees"
                                + " of freedom, was " + volatilityE12 + "e-12 and " + tailDegrees);
            }
            events = List.copyOf(events);
        }
    }

    /** The models could not forecast: there are none, they are broken, or what they need is missing. */
    record ForecastFailed(String model, boolean isShadow, String reason, long exchangeNanos, long receivedNanos)
            implements MarketEvent {}

    /** A whole second of engine time has passed. Derived from receive times by one rule, never journalled. */
    record Timer(long receivedNanos) implements MarketEvent {
        @Override
        public long exchangeNanos() {
            return receivedNanos;
        }
    }
}
