package voltage.kalshi.stream;

import voltage.kalshi.BookLevels;
import voltage.kalshi.JsonFields;
import voltage.market.MalformedFrameException;
import voltage.market.MarketEvent.BookSnapshot;
import voltage.market.MarketEvent.ContractTicker;
import voltage.market.MarketEvent.ContractTrade;
import voltage.market.MarketEvent.IndexValue;
import voltage.market.MarketKey;
import voltage.market.Side;
import voltage.market.TickGrid;

/** Public market data frames as events. */
final class MarketFrames {
    private MarketFrames() {}

    static BookSnapshot snapshot(JsonFields msg, MarketKey market, long seq, long received)
            throws MalformedFrameException {
        BookLevels yes = msg.levels("yes_dollars_fp");
        BookLevels no = msg.levels("no_dollars_fp");
        return new BookSnapshot(
                market, yes.pricesE4(), yes.countsE2(), no.pricesE4(), no.countsE2(), seq, msg.eventNanos(), received);
    }

    static ContractTicker ticker(JsonFields msg, MarketKey market, long received) throws MalformedFrameException {
        return new ContractTicker(
                market,
                msg.priceE4Or("price_dollars", 0),
                msg.priceE4Or("yes_bid_dollars", 0),
                msg.priceE4Or("yes_ask_dollars", TickGrid.ONE_DOLLAR_E4),
                msg.decimalOr("volume_fp", 2, 0),
                msg.decimalOr("open_interest_fp", 2, 0),
                msg.eventNanos(),
                received);
    }

    static ContractTrade trade(JsonFields msg, MarketKey market, long received) throws MalformedFrameException {
        String taker = msg.has("taker_outcome_side") ? msg.text("taker_outcome_side") : msg.text("taker_side");
        return new ContractTrade(
                market,
                msg.text("trade_id"),
                msg.priceE4("yes_price_dollars"),
                msg.decimal("count_fp", 2),
                side(taker),
                msg.flagOr("is_block_trade", false),
                msg.eventNanos(),
                received);
    }

    /** {@code cfbenchmarks_value}, once or five times a second: CF Benchmarks' own frame is a string in the message. */
    static IndexValue index(JsonFields msg, long received) throws MalformedFrameException {
        JsonFields data = msg.has("data") ? JsonFields.parse(msg.text("data")) : null;
        long valueE4;
        long nanos;
        if (msg.has("value_usd")) {
            valueE4 = msg.rounded("value_usd", 4);
            nanos = msg.millisAsNanosOr0("source_ts_ms");
        } else if (data != null) {
            valueE4 = data.rounded("value", 4);
            nanos = data.millisAsNanosOr0("time");
        } else {
            throw new MalformedFrameException("cfbenchmarks_value needs data or value_usd, was " + msg.shown());
        }
        JsonFields average = msg.objectOrNull("avg_60s_data");
        JsonFields closing = msg.objectOrNull("last_60s_windowed_average_15min");
        return new IndexValue(
                msg.text("index_id"),
                valueE4,
                average == null ? 0 : average.rounded("value", 4),
                closing == null ? 0 : closing.rounded("value", 4),
                closing == null ? 0 : closing.smallIntOr("window_size", 0),
                nanos == 0 ? msg.millisAsNanosOr0("received_at") : nanos,
                received);
    }

    private static Side side(String text) throws MalformedFrameException {
        return switch (text) {
            case "yes" -> Side.YES;
            case "no" -> Side.NO;
            default -> throw new MalformedFrameException("a taker's side must be yes or no, was \"" + text + "\"");
        };
    }
}
