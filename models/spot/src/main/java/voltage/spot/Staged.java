package voltage.spot;

import java.util.List;
import voltage.market.Candle;
import voltage.market.MarketEvent;

/** What a frame says, read whole before any of it takes effect. */
public sealed interface Staged {
    /**
     * A trade.
     *
     * @param firstId the lowest id that the venue merged into it
     * @param isOld whether the venue repeats the past: remembered as seen, never passed on, for a trade cannot say that it is old
     */
    record Trade(MarketEvent.SpotTrade trade, long firstId, boolean isOld) implements Staged {}

    record Quote(MarketEvent.SpotQuote quote) implements Staged {}

    /** A candle with its own word on whether it is closed. */
    record Final(MarketEvent.SpotCandle candle) implements Staged {}

    /** A candle as it stands, from a venue that does not say when it closes. */
    record Forming(int minutes, Candle candle, long exchangeNanos) implements Staged {}

    /** Recent candles, the newest still forming. */
    record Recent(int minutes, List<Candle> candles, long exchangeNanos) implements Staged {}

    /** The connection's sequence number. */
    record Sequence(long number) implements Staged {}

    /** The venue refuses what was asked: the feed cannot work as configured. */
    record Refused(String reason) implements Staged {}

    /** A frame or row of no interest here. */
    record Ignored() implements Staged {}
}
