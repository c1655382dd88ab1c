package voltage.kalshi.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static voltage.kalshi.stream.Frames.RECEIVED;
import static voltage.kalshi.stream.Frames.TICKER;
import static voltage.kalshi.stream.Frames.decode;
import static voltage.kalshi.stream.Frames.delta;
import static voltage.kalshi.stream.Frames.events;
import static voltage.kalshi.stream.Frames.snapshot;
import static voltage.kalshi.stream.Frames.subscribed;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voltage.kalshi.KalshiOrder;
import voltage.market.BookDelta;
import voltage.market.MalformedFrameException;
import voltage.market.MarketEvent;
import voltage.market.MarketEvent.BookDamaged;
import voltage.market.MarketEvent.BookSnapshot;
import voltage.market.MarketEvent.ContractTicker;
import voltage.market.MarketEvent.ContractTrade;
import voltage.market.MarketEvent.Damage;
import voltage.market.MarketEvent.IndexValue;
import voltage.market.MarketKeys;
import voltage.market.Side;

class KalshiStreamDecoderTest {
    private static final String OTHER = "KXBTC15M-26NOV211215-15";

    private final MarketKeys keys = new MarketKeys();
    private final KalshiStreamDecoder decoder = new KalshiStreamDecoder(keys);

    @BeforeEach
    void subscribe() throws MalformedFrameException {
        decode(decoder, subscribed(1, "orderbook_delta"));
        decode(decoder, subscribed(2, "trade"));
    }

    @Test
    void a_snapshot_and_a_delta_become_events() throws MalformedFrameException {
        assertThat(decode(decoder, snapshot(1, 1, TICKER)))
                .containsExactly("snapshot " + TICKER + " [4600, 4700][150, 300][4800][200] #1 @0");
        assertThat(decode(decoder, delta(1, 2, TICKER)))
                .containsExactly("delta " + TICKER + " YES 4700 -300 #2 @1781159489957000000 " + RECEIVED);
        assertThat(decoder.slowDeltas()).isZero();
    }

    @Test
    void the_delta_event_is_one_reused_object() throws MalformedFrameException {
        decode(decoder, snapshot(1, 1, TICKER));
        MarketEvent first = events(decoder, delta(1, 2, TICKER)).getFirst();
        assertThat(events(decoder, delta(1, 3, TICKER)).getFirst())
                .isSameAs(first)
                .isInstanceOf(BookDelta.class);
    }

    @Test
    void a_missing_side_is_an_empty_side() throws MalformedFrameException {
        String frame = "{\"type\":\"orderbook_snapshot\",\"sid\":1,\"seq\":1,\"msg\":{\"market_ticker\":\"" + TICKER
                + "\",\"no_dollars_fp\":null}}";
        assertThat(events(decoder, frame)).singleElement().isInstanceOfSatisfying(BookSnapshot.class, book -> {
            assertThat(book.yesPricesE4()).isEmpty();
            assertThat(book.noPricesE4()).isEmpty();
        });
    }

    @Test
    void a_gap_damages_every_market_of_the_subscription_until_its_snapshot() throws MalformedFrameException {
        decode(decoder, snapshot(1, 1, TICKER));
        decode(decoder, snapshot(1, 2, OTHER));

        assertThat(events(decoder, delta(1, 4, TICKER)))
                .containsExactly(
                        new BookDamaged(keys.of(TICKER), Damage.SEQUENCE_GAP, 0, RECEIVED),
                        new BookDamaged(keys.of(OTHER), Damage.SEQUENCE_GAP, 0, RECEIVED));
        assertThat(decoder.takeResyncs()).containsExactly(new Resync(1, List.of(TICKER, OTHER)));
        assertThat(decoder.takeResyncs()).isEmpty();
        assertThat(decoder.damagedBooks()).isEqualTo(2);
        assertThat(decode(decoder, delta(1, 5, OTHER))).isEmpty();

        assertThat(decode(decoder, snapshot(1, 6, TICKER))).hasSize(1);
        assertThat(decode(decoder, delta(1, 7, TICKER))).hasSize(1);
        assertThat(decode(decoder, delta(1, 8, OTHER))).isEmpty();
        assertThat(decoder.damagedBooks()).isEqualTo(1);
        assertThat(decoder.sequenceGaps()).isEqualTo(1);
        assertThat(decoder.droppedDeltas()).isEqualTo(3);
    }

    @Test
    void a_second_gap_asks_for_the_snapshots_again() throws MalformedFrameException {
        decode(decoder, snapshot(1, 1, TICKER));
        decode(decoder, delta(1, 3, TICKER));
        decoder.takeResyncs();
        decode(decoder, delta(1, 5, TICKER));
        assertThat(decoder.takeResyncs()).containsExactly(new Resync(1, List.of(TICKER)));
    }

    @Test
    void a_snapshot_that_reveals_the_gap_heals_its_own_market() throws MalformedFrameException {
        decode(decoder, snapshot(1, 1, TICKER));
        decode(decoder, snapshot(1, 2, OTHER));
        assertThat(decode(decoder, snapshot(1, 9, TICKER))).hasSize(3);
        assertThat(decoder.takeResyncs()).containsExactly(new Resync(1, List.of(OTHER)));
        assertThat(decode(decoder, delta(1, 10, TICKER))).hasSize(1);
    }

    @Test
    void an_ok_consumes_a_number_and_so_does_an_unknown_type() throws MalformedFrameException {
        decode(decoder, snapshot(1, 1, TICKER));
        String ok = "{\"id\":123,\"sid\":1,\"seq\":2,\"type\":\"ok\",\"msg\":{\"market_tickers\":[\"" + TICKER + "\",\""
                + OTHER + "\"]}}";
        assertThat(decode(decoder, ok)).isEmpty();
        assertThat(decode(decoder, "{\"type\":\"brand_new\",\"sid\":1,\"seq\":3,\"msg\":{}}"))
                .isEmpty();
        assertThat(decode(decoder, delta(1, 4, TICKER))).hasSize(1);
        assertThat(decoder.unknownFrames()).isEqualTo(1);
        assertThat(decoder.sequenceGaps()).isZero();
    }

    @Test
    void a_market_taken_out_of_the_subscription_is_no_longer_kept_up() throws MalformedFrameException {
        decode(decoder, snapshot(1, 1, TICKER));
        decode(decoder, snapshot(1, 2, OTHER));
        String ok = "{\"id\":9,\"sid\":1,\"seq\":3,\"type\":\"ok\",\"msg\":{\"market_tickers\":[\"" + OTHER + "\"]}}";
        assertThat(events(decoder, ok))
                .containsExactly(new BookDamaged(keys.of(TICKER), Damage.DISCONNECTED, 0, RECEIVED));
        assertThat(decoder.takeResyncs()).isEmpty();
    }

    @Test
    void unsubscribing_ends_the_books() throws MalformedFrameException {
        decode(decoder, snapshot(1, 1, TICKER));
        assertThat(events(decoder, "{\"id\":102,\"sid\":1,\"seq\":2,\"type\":\"unsubscribed\"}"))
                .containsExactly(new BookDamaged(keys.of(TICKER), Damage.DISCONNECTED, 0, RECEIVED));
        assertThat(decoder.sequenceGaps()).isZero();
    }

    @Test
    void each_subscription_has_its_own_sequence() throws MalformedFrameException {
        decode(decoder, snapshot(1, 1, TICKER));
        decode(decoder, trade(2, 1));
        decode(decoder, delta(1, 2, TICKER));
        decode(decoder, trade(2, 3));
        assertThat(decode(decoder, delta(1, 3, TICKER))).hasSize(1);
        assertThat(decoder.sequenceGaps())
                .as("that of the trades, which damages no book")
                .isEqualTo(1);
    }

    @Test
    void subscribing_again_leaves_the_sequence_as_it_is() throws MalformedFrameException {
        decode(decoder, snapshot(1, 1, TICKER));
        decode(decoder, subscribed(1, "orderbook_delta"));
        assertThat(decode(decoder, delta(1, 2, TICKER))).hasSize(1);
    }

    @Test
    void a_new_connection_starts_again_and_damages_what_was_known() throws MalformedFrameException {
        decode(decoder, snapshot(1, 1, TICKER));
        List<MarketEvent> events = new ArrayList<>();
        decoder.disconnected(5, events::add);
        decoder.connected(6, events::add);
        assertThat(events).containsExactly(new BookDamaged(keys.of(TICKER), Damage.DISCONNECTED, 0, 5));

        decode(decoder, subscribed(1, "orderbook_delta"));
        assertThat(decode(decoder, snapshot(1, 1, TICKER))).hasSize(1);
        assertThat(decoder.sequenceGaps()).isZero();
    }

    @Test
    void a_journal_that_starts_amid_a_session_drops_deltas_until_a_snapshot() throws MalformedFrameException {
        KalshiStreamDecoder late = new KalshiStreamDecoder(keys);
        assertThat(decode(late, delta(7, 500, TICKER))).isEmpty();
        assertThat(decode(late, delta(7, 501, TICKER))).isEmpty();
        assertThat(late.takeResyncs()).containsExactly(new Resync(7, List.of(TICKER)));
        assertThat(late.sequenceGaps()).isZero();
        assertThat(decode(late, snapshot(7, 502, TICKER))).hasSize(1);
        assertThat(decode(late, delta(7, 503, TICKER))).hasSize(1);
    }

    @Test
    void a_book_found_wrong_by_its_engine_is_asked_for_again() throws MalformedFrameException {
        decode(decoder, snapshot(1, 1, TICKER));
        decoder.distrust(keys.of(TICKER));
        assertThat(decoder.takeResyncs()).containsExactly(new Resync(1, List.of(TICKER)));
        assertThat(decode(decoder, delta(1, 2, TICKER))).isEmpty();
    }

    @Test
    void errors_are_surfaced() throws MalformedFrameException {
        decode(decoder, "{\"type\":\"error\",\"id\":124,\"msg\":{\"code\":8,\"msg\":\"Unknown channel name\"}}\n");
        assertThat(decoder.takeErrors()).containsExactly(new StreamError(124, 8, "Unknown channel name", 0, ""));
        assertThat(decoder.takeErrors()).isEmpty();
        assertThat(decoder.errorFrames()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 25})
    void an_error_that_ends_a_subscription_damages_its_books(int code) throws MalformedFrameException {
        decode(decoder, snapshot(1, 1, TICKER));
        Damage damage = code == 25 ? Damage.OVERRUN : Damage.DISCONNECTED;
        assertThat(events(decoder, "{\"type\":\"error\",\"msg\":{\"code\":" + code + ",\"msg\":\"gone\"}}"))
                .containsExactly(new BookDamaged(keys.of(TICKER), damage, 0, RECEIVED));
        assertThat(decoder.takeErrors()).singleElement().matches(StreamError::endsSubscription);
    }

    @Test
    void unread_errors_are_bounded() throws MalformedFrameException {
        for (int i = 1; i <= 1000; i++) {
            decode(decoder, "{\"type\":\"error\",\"id\":" + i + ",\"msg\":{\"code\":27,\"msg\":\"\"}}");
        }
        assertThat(decoder.takeErrors())
                .hasSize(64)
                .last()
                .extracting(StreamError::commandId)
                .isEqualTo(1000L);
        assertThat(decoder.errorFrames()).isEqualTo(1000);
    }

    private static String trade(long sid, long seq) {
        return "{\"type\":\"trade\",\"sid\":" + sid + ",\"seq\":" + seq + ",\"msg\":{\"trade_id\":\"d91b\","
                + "\"market_ticker\":\"" + TICKER + "\",\"yes_price_dollars\":\"0.360\",\"no_price_dollars\":\"0.640\","
                + "\"count_fp\":\"136.25\",\"taker_outcome_side\":\"no\",\"taker_book_side\":\"ask\","
                + "\"is_block_trade\":false,\"ts\":1669149841,\"ts_ms\":1669149841123}}";
    }

    @Test
    void a_trade_says_what_the_taker_bought() throws MalformedFrameException {
        assertThat(events(decoder, trade(2, 1)))
                .containsExactly(new ContractTrade(
                        keys.of(TICKER), "d91b", 3600, 13625, Side.NO, false, 1669149841123000000L, RECEIVED));
        String old = trade(2, 2)
                .replace("\"taker_outcome_side\":\"no\",\"taker_book_side\":\"ask\"", "\"taker_side\":\"yes\"")
                .replace(",\"ts_ms\":1669149841123", "");
        assertThat(events(decoder, old))
                .containsExactly(new ContractTrade(
                        keys.of(TICKER), "d91b", 3600, 13625, Side.YES, false, 1669149841000000000L, RECEIVED));
    }

    @Test
    void a_ticker_without_quotes_has_none() throws MalformedFrameException {
        String frame = "{\"type\":\"ticker\",\"sid\":3,\"msg\":{\"market_ticker\":\"" + TICKER + "\",\"price_dollars\":"
                + "\"0.4800\",\"yes_bid_dollars\":\"0.0000\",\"yes_ask_dollars\":\"1.0000\",\"volume_fp\":\"33896.00\","
                + "\"open_interest_fp\":\"20422.50\",\"ts_ms\":1669149841000}}";
        assertThat(events(decoder, frame))
                .containsExactly(new ContractTicker(
                        keys.of(TICKER), 4800, 0, 10_000, 3389600, 2042250, 1669149841000000000L, RECEIVED));
    }

    @Test
    void an_index_value_is_json_within_json() throws MalformedFrameException {
        String frame = "{\"type\":\"cfbenchmarks_value\",\"sid\":4,\"seq\":1,\"msg\":{\"index_id\":\"BRTI\","
                + "\"received_at\":1710000000123,\"data\":\"{\\\"type\\\":\\\"value\\\",\\\"id\\\":\\\"BRTI\\\",\\\"time\\\":"
                + "1710000000100,\\\"value\\\":\\\"68000.12\\\"}\",\"avg_60s_data\":{\"value\":\"68000.12345678\","
                + "\"window_size\":3,\"window_start_ts_ms\":1,\"window_end_ts_exclusive\":2}%s}}";
        assertThat(events(decoder, frame.formatted("")))
                .containsExactly(
                        new IndexValue("BRTI", 680_001_200, 680_001_235, 0, 0, 1710000000100000000L, RECEIVED));
        String closing = ",\"last_60s_windowed_average_15min\":{\"value\":\"68000.23000000\",\"window_size\":14}";
        assertThat(events(decoder, frame.formatted(closing).replace("\"seq\":1", "\"seq\":2")))
                .containsExactly(new IndexValue(
                        "BRTI", 680_001_200, 680_001_235, 680_002_300, 14, 1710000000100000000L, RECEIVED));
    }

    @Test
    void our_own_fills_orders_and_positions_are_account_events() throws MalformedFrameException {
        String fill =
                "{\"type\":\"fill\",\"sid\":13,\"msg\":{\"trade_id\":\"d91b\",\"order_id\":\"ee58\",\"market_ticker\":\""
                        + TICKER
                        + "\",\"exchange_index\":2,\"is_taker\":true,\"yes_price_dollars\":\"0.7500\",\"count_fp\":"
                        + "\"278.00\",\"fee_cost\":\"0.017472\",\"side\":\"no\",\"action\":\"sell\",\"post_position_fp\":\"-5.00\","
                        + "\"ts_ms\":1671899397000}}";
        assertThat(events(decoder, fill)).singleElement().isInstanceOfSatisfying(PrivateFill.class, event -> {
            assertThat(event.market()).isSameAs(keys.of(TICKER));
            assertThat(event.fill().direction()).as("selling NO buys YES").isEqualTo(Side.YES);
            assertThat(event.fill().feeE6()).isEqualTo(OptionalLong.of(17_472));
            assertThat(event.fill().postPositionE2()).isEqualTo(OptionalLong.of(-500));
            assertThat(event.exchangeNanos()).isEqualTo(1671899397000000000L);
        });
        String order =
                "{\"type\":\"user_order\",\"sid\":14,\"msg\":{\"order_id\":\"ee58\",\"user_id\":\"u\",\"ticker\":\""
                        + TICKER
                        + "\",\"status\":\"canceled\",\"outcome_side\":\"no\",\"book_side\":\"ask\",\"yes_price_dollars\":"
                        + "\"0.7500\",\"fill_count_fp\":\"1.00\",\"remaining_count_fp\":\"0.00\",\"initial_count_fp\":\"3.00\","
                        + "\"client_order_id\":\"mine\",\"created_ts_ms\":1671899397000,\"last_updated_ts_ms\":1671899397500,"
                        + "\"last_update_reason\":\"CloseCancel\",\"exchange_index\":2}}";
        assertThat(events(decoder, order)).singleElement().isInstanceOfSatisfying(PrivateOrder.class, event -> {
            assertThat(event.order().status()).isEqualTo(KalshiOrder.Status.CANCELED);
            assertThat(event.order().direction()).isEqualTo(Side.NO);
            assertThat(event.order().filledE2()).isEqualTo(100);
            assertThat(event.order().lastUpdateReason()).isEqualTo("CloseCancel");
            assertThat(event.exchangeNanos()).isEqualTo(1671899397500000000L);
        });
        String position =
                "{\"type\":\"market_position\",\"sid\":15,\"msg\":{\"user_id\":\"u\",\"market_ticker\":\"" + TICKER
                        + "\",\"position_fp\":\"-100.00\",\"position_cost_dollars\":\"50.0000\",\"realized_pnl_dollars\":"
                        + "\"-10.000000\",\"fees_paid_dollars\":\"1.0000\",\"volume_fp\":\"15.00\"}}";
        assertThat(events(decoder, position)).singleElement().isInstanceOfSatisfying(PrivatePosition.class, event -> {
            assertThat(event.position().positionE2()).isEqualTo(-10_000);
            assertThat(event.position().realizedPnlE6()).isEqualTo(-10_000_000);
        });
    }

    @Test
    void an_order_status_that_is_new_is_unknown_and_not_fatal() throws MalformedFrameException {
        String order = "{\"type\":\"user_order\",\"sid\":14,\"msg\":{\"order_id\":\"e\",\"ticker\":\"" + TICKER
                + "\",\"status\":\"levitating\",\"book_side\":\"bid\",\"yes_price_dollars\":\"0.7500\","
                + "\"fill_count_fp\":\"1.00\",\"remaining_count_fp\":\"0.00\"}}";
        assertThat(events(decoder, order))
                .singleElement()
                .isInstanceOfSatisfying(
                        PrivateOrder.class,
                        event -> assertThat(event.order().status()).isEqualTo(KalshiOrder.Status.UNKNOWN));
    }

    @Test
    void fields_added_since_are_ignored_and_counted() throws MalformedFrameException {
        decode(decoder, snapshot(1, 1, TICKER));
        String own = delta(1, 2, TICKER)
                .replace("\"side\"", "\"client_order_id\":\"mine\",\"subaccount\":0,\"novelty\":17,\"side\"")
                .replace("\"sid\":1", "\"sending_ts_ms\":1781159489999,\"sid\":1");
        assertThat(decode(decoder, own)).hasSize(1);
        assertThat(decoder.unknownFields()).isEqualTo(1);
        assertThat(decoder.slowDeltas()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{}",
                "{\"type\":7}",
                "{\"type\":\"trade\"}",
                "{\"type\":\"orderbook_delta\",\"sid\":1,\"seq\":2}",
                "{\"type\":\"orderbook_snapshot\",\"sid\":1,\"seq\":2,\"msg\":{\"market_ticker\":\"\"}}",
                "{\"type\":\"orderbook_snapshot\",\"sid\":1,\"seq\":2,\"msg\":{\"market_ticker\":\"A\",\"yes_dollars_fp\":[[\"1.01\",\"1\"]]}}",
                "{\"type\":\"ok\",\"sid\":\"1\",\"seq\":2}",
                "{\"type\":\"subscribed\",\"msg\":{\"channel\":\"trade\"}}",
                "{\"type\":\"error\",\"sid\":1}"
            })
    void malformed_frames_are_refused_and_leave_everything_as_it_was(String frame) throws MalformedFrameException {
        decode(decoder, snapshot(1, 1, TICKER));
        List<MarketEvent> events = new ArrayList<>();
        assertThatThrownBy(() -> decode(decoder, frame, events::add)).isInstanceOf(MalformedFrameException.class);
        assertThat(events).isEmpty();
        assertThat(decode(decoder, delta(1, 2, TICKER))).hasSize(1);
    }

    @Test
    void a_malformed_delta_is_a_lost_one() throws MalformedFrameException {
        decode(decoder, snapshot(1, 1, TICKER));
        String bad = delta(1, 2, TICKER).replace("\"-3.00\"", "\"-3.001\"");
        assertThatThrownBy(() -> decode(decoder, bad))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageContaining("delta_fp")
                .hasMessageContaining("-3.001");
        assertThat(decode(decoder, delta(1, 3, TICKER)))
                .singleElement()
                .asString()
                .contains("SEQUENCE_GAP");
    }
}
