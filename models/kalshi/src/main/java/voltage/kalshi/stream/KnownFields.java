package voltage.kalshi.stream;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import voltage.kalshi.JsonFields;

/** The names that Kalshi's specification (AsyncAPI 2.0.0 and its October 2026 revision) gives its fields, so that new ones are noticed. */
final class KnownFields {
    private static final Set<String> FRAME = Set.of("type", "sid", "seq", "id", "msg", "sending_ts_ms");

    private static final Map<String, Set<String>> MESSAGES = Map.ofEntries(
            Map.entry("subscribed", Set.of("channel", "sid")),
            Map.entry("ok", Set.of("market_tickers", "market_ids", "channel", "sid")),
            Map.entry("error", Set.of("code", "msg", "market_ticker", "market_id", "sid", "channel")),
            Map.entry(
                    "orderbook_snapshot",
                    Set.of("market_ticker", "market_id", "yes_dollars_fp", "no_dollars_fp", "ts", "ts_ms")),
            Map.entry(
                    "orderbook_delta",
                    Set.of(
                            "market_ticker",
                            "market_id",
                            "price_dollars",
                            "delta_fp",
                            "side",
                            "ts",
                            "ts_ms",
                            "client_order_id",
                            "subaccount")),
            Map.entry(
                    "ticker",
                    Set.of(
                            "market_ticker",
                            "market_id",
                            "price_dollars",
                            "yes_bid_dollars",
                            "yes_ask_dollars",
                            "yes_bid_size_fp",
                            "yes_ask_size_fp",
                            "last_trade_size_fp",
                            "volume_fp",
                            "open_interest_fp",
                            "dollar_volume",
                            "dollar_open_interest",
                            "ts",
                            "ts_ms",
                            "time")),
            Map.entry(
                    "trade",
                    Set.of(
                            "trade_id",
                            "market_ticker",
                            "yes_price_dollars",
                            "no_price_dollars",
                            "count_fp",
                            "taker_side",
                            "taker_outcome_side",
                            "taker_book_side",
                            "is_block_trade",
                            "ts",
                            "ts_ms")));

    private KnownFields() {}

    /** How many fields of a frame no specification knows; the message's only for the types listed here. */
    static int countUnknown(String type, JsonFields frame, @Nullable JsonFields msg) {
        Set<String> known = MESSAGES.get(type);
        return frame.unknownAmong(FRAME) + (known == null || msg == null ? 0 : msg.unknownAmong(known));
    }
}
