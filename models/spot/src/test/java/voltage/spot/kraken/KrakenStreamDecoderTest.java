package voltage.spot.kraken;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import voltage.market.MalformedFrameException;
import voltage.market.MarketEvent.SpotCandle;
import voltage.market.MarketEvent.SpotQuote;
import voltage.market.MarketEvent.SpotTrade;
import voltage.market.Venue;
import voltage.spot.Decoding;
import voltage.spot.Fuzzing;

class KrakenStreamDecoderTest {
    private static final long MINUTE = 60_000_000_000L;
    /** 2026-11-20T10:00:00Z. */
    private static final long TEN = 1_795_168_800_000_000_000L;

    private final KrakenStreamDecoder decoder = new KrakenStreamDecoder("BTC/USD");
    private final Decoding kraken = new Decoding(decoder);

    static String row(String symbol, int minutes, String begin, String open, String high, String low, String close) {
        return "{\"symbol\":\"" + symbol + "\",\"open\":" + open + ",\"high\":" + high + ",\"low\":" + low
                + ",\"close\":"
                + close + ",\"trades\":3,\"volume\":0.25000001,\"vwap\":90000.0,\"interval_begin\":\"2026-11-20T"
                + begin
                + ".000000000Z\",\"interval\":" + minutes + ",\"timestamp\":\"2026-11-20T23:59:00.000000Z\"}";
    }

    static String ohlc(String type, String... rows) {
        return "{\"channel\":\"ohlc\",\"type\":\"" + type
                + "\",\"timestamp\":\"2026-11-20T10:00:02.264627814Z\",\"data\":[" + String.join(",", rows) + "]}";
    }

    static String minute(String begin, String close) {
        return row("BTC/USD", 1, begin, "90000.0", "90100.0", "89900.0", close);
    }

    static String trade(long id, String time) {
        return "{\"symbol\":\"BTC/USD\",\"side\":\"buy\",\"price\":90000.1,\"qty\":0.00043721,\"ord_type\":\"limit\",\"trade_id\":"
                + id + ",\"timestamp\":\"2026-11-20T" + time + "Z\"}";
    }

    static String trades(String type, String... rows) {
        return "{\"channel\":\"trade\",\"type\":\"" + type + "\",\"data\":[" + String.join(",", rows) + "]}";
    }

    @Test
    void a_candle_is_forming_until_a_newer_one_begins() throws MalformedFrameException {
        kraken.frame(ohlc("update", minute("10:00:00", "90010.0")));
        kraken.frame(ohlc("update", minute("10:00:00", "90020.0")));
        assertThat(kraken.closed()).isEmpty();

        kraken.frame(ohlc("update", minute("10:01:00", "90030.0")));

        assertThat(kraken.closed()).singleElement().satisfies(candle -> {
            assertThat(candle.candle().openNanos()).isEqualTo(TEN);
            assertThat(candle.candle().closeE4()).as("the last update seen").isEqualTo(900_200_000L);
            assertThat(candle.isBackfill()).isFalse();
            assertThat(candle.candle().volumeE8()).isEqualTo(25_000_001L);
        });
        assertThat(kraken.candles()).hasSize(4);
    }

    @Test
    void a_candle_starts_at_interval_begin_and_not_at_the_rows_timestamp() throws MalformedFrameException {
        SpotCandle candle = (SpotCandle)
                kraken.frame(ohlc("update", minute("10:00:00", "90010.0"))).getFirst();
        assertThat(candle.candle().openNanos()).isEqualTo(TEN);
        assertThat(candle.exchangeNanos()).isEqualTo(TEN + 2_264_627_814L);
    }

    @Test
    void candles_of_one_and_five_minutes_close_apart() throws MalformedFrameException {
        kraken.frame(ohlc("update", minute("10:00:00", "90010.0")));
        kraken.frame(ohlc("update", row("BTC/USD", 5, "10:00:00", "90000.0", "90100.0", "89900.0", "90010.0")));
        kraken.frame(ohlc("update", minute("10:01:00", "90010.0")));
        assertThat(kraken.closed()).extracting(SpotCandle::minutes).containsExactly(1);
        kraken.frame(ohlc("update", row("BTC/USD", 5, "10:05:00", "90000.0", "90100.0", "89900.0", "90010.0")));
        assertThat(kraken.closed()).extracting(SpotCandle::minutes).containsExactly(1, 5);
    }

    @Test
    void an_update_for_an_older_candle_is_ignored_and_counted() throws MalformedFrameException {
        kraken.frame(ohlc("update", minute("10:01:00", "90010.0")));
        assertThat(kraken.frame(ohlc("update", minute("10:00:00", "90020.0")))).isEmpty();
        assertThat(decoder.counts().lateCandles()).isEqualTo(1);
    }

    @Test
    void minutes_without_a_trade_become_flat_synthetic_candles() throws MalformedFrameException {
        kraken.frame(ohlc("update", minute("10:00:00", "90010.0")));
        kraken.frame(ohlc("update", minute("10:03:00", "90030.0")));

        List<SpotCandle> closed = kraken.closed();
        assertThat(closed).extracting(c -> c.candle().openNanos()).containsExactly(TEN, TEN + MINUTE, TEN + 2 * MINUTE);
        assertThat(closed).extracting(c -> c.candle().isSynthetic()).containsExactly(false, true, true);
        assertThat(closed.getLast().candle().openE4()).isEqualTo(900_100_000L);
    }

    @Test
    void a_snapshot_is_backfill_and_its_newest_candle_is_still_forming() throws MalformedFrameException {
        kraken.frame(ohlc(
                "snapshot",
                minute("10:02:00", "90003.0"),
                minute("10:00:00", "90001.0"),
                minute("10:01:00", "90002.0")));

        assertThat(kraken.candles()).allMatch(SpotCandle::isBackfill);
        assertThat(kraken.closed()).extracting(c -> c.candle().openNanos()).containsExactly(TEN, TEN + MINUTE);

        kraken.frame(ohlc("update", minute("10:03:00", "90004.0")));
        assertThat(kraken.closed().getLast())
                .matches(c -> !c.isBackfill() && c.candle().closeE4() == 900_030_000L);
    }

    @Test
    void after_a_reconnection_nothing_is_closed_from_memory() throws MalformedFrameException {
        kraken.frame(ohlc("update", minute("10:00:00", "90010.0")));
        kraken.disconnect();
        kraken.connect();
        kraken.frame(ohlc("update", minute("10:05:00", "90020.0")));
        assertThat(kraken.closed()).isEmpty();
        assertThat(kraken.frame(ohlc("update", minute("10:04:00", "90020.0")))).isEmpty();
    }

    @Test
    void a_snapshot_after_a_reconnection_closes_what_was_forming_as_backfill() throws MalformedFrameException {
        kraken.frame(ohlc("update", minute("10:00:00", "90010.0")));
        kraken.disconnect();
        kraken.connect();
        kraken.frame(ohlc("snapshot", minute("10:00:00", "90050.0"), minute("10:01:00", "90060.0")));
        assertThat(kraken.closed())
                .singleElement()
                .matches(c -> c.isBackfill() && c.candle().closeE4() == 900_500_000L);
    }

    @Test
    void a_trade_is_emitted_once() throws MalformedFrameException {
        kraken.frame(trades("update", trade(1, "10:00:00.1"), trade(2, "10:00:00.2")));
        kraken.frame(trades("update", trade(2, "10:00:00.2"), trade(3, "10:00:00.3")));
        assertThat(kraken.trades()).extracting(SpotTrade::tradeId).containsExactly(1L, 2L, 3L);
        assertThat(kraken.trades().getFirst())
                .isEqualTo(new SpotTrade(
                        Venue.KRAKEN,
                        1,
                        900_001_000L,
                        43_721,
                        TEN + 100_000_000,
                        kraken.trades().getFirst().receivedNanos()));
        assertThat(decoder.counts().repeatedTrades()).isEqualTo(1);
    }

    @Test
    void trades_of_a_snapshot_are_remembered_and_never_passed_on() throws MalformedFrameException {
        kraken.frame(trades("snapshot", trade(1, "10:00:00.1"), trade(2, "10:00:00.2")));
        kraken.frame(trades("update", trade(2, "10:00:00.2"), trade(5, "10:00:00.3")));
        assertThat(kraken.trades()).extracting(SpotTrade::tradeId).containsExactly(5L);
        assertThat(decoder.counts().missingTrades()).isEqualTo(2);
    }

    @Test
    void a_ticker_is_a_quote_and_may_lack_its_time() throws MalformedFrameException {
        kraken.frame(
                "{\"channel\":\"ticker\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\",\"bid\":90000,\"bid_qty\":1e-8,"
                        + "\"ask\":90000.1,\"ask_qty\":2,\"unheard\":{\"of\":[]}}]}");
        assertThat(kraken.quotes()).singleElement().satisfies(quote -> {
            assertThat(quote.bidE4()).isEqualTo(900_000_000L);
            assertThat(quote.askE4()).isEqualTo(900_001_000L);
            assertThat(quote.exchangeNanos()).isZero();
        });
    }

    private static String book(String type, String bids, String asks, String checked) {
        CRC32 crc = new CRC32();
        crc.update(checked.getBytes(US_ASCII));
        return "{\"channel\":\"book\",\"type\":\"" + type + "\",\"data\":[{\"symbol\":\"BTC/USD\",\"bids\":[" + bids
                + "],\"asks\":[" + asks + "],\"checksum\":" + crc.getValue() + "}]}";
    }

    @Test
    void a_book_gives_its_best_quote_while_its_checksum_agrees() throws MalformedFrameException {
        String bid = "{\"price\":45283.5,\"qty\":0.10000000}";
        String ask = "{\"price\":45285.2,\"qty\":0.00100000}";
        kraken.frame(book("snapshot", bid, ask, "4528521000004528351" + "0000000"));
        kraken.frame(book(
                "update",
                "",
                "{\"price\":45285.1,\"qty\":2.00000000}",
                "4528512" + "00000000" + "452852100000" + "45283510000000"));
        assertThat(kraken.quotes()).extracting(SpotQuote::askE4).containsExactly(452_852_000L, 452_851_000L);
        assertThat(kraken.quotes()).extracting(SpotQuote::bidE4).containsOnly(452_835_000L);
    }

    @Test
    void a_book_that_disagrees_with_its_checksum_gives_no_quote_until_the_next_snapshot()
            throws MalformedFrameException {
        String bid = "{\"price\":45283.5,\"qty\":0.10000000}";
        String ask = "{\"price\":45285.2,\"qty\":0.00100000}";
        String good = "452852100000" + "45283510000000";
        kraken.frame(book("snapshot", bid, ask, good));
        kraken.frame(book("update", "", "{\"price\":45285.1,\"qty\":2.00000000}", "something else"));
        kraken.frame(book("update", "", "", good));
        assertThat(kraken.quotes()).hasSize(1);
        assertThat(decoder.checksumFailures()).isEqualTo(1);
        kraken.frame(book("snapshot", bid, ask, good));
        assertThat(kraken.quotes()).hasSize(2);
    }

    @Test
    void a_crossed_or_one_sided_quote_is_ignored_and_counted() throws MalformedFrameException {
        for (String sides : List.of("\"bid\":90001,\"ask\":90000", "\"bid\":0.0,\"ask\":90000")) {
            kraken.frame(
                    "{\"channel\":\"ticker\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\"," + sides + "}]}");
        }
        assertThat(kraken.events).isEmpty();
        assertThat(decoder.counts().ignored()).isEqualTo(2);
    }

    @Test
    void a_refused_subscription_is_a_refusal_until_the_next_connection() throws MalformedFrameException {
        kraken.frame("{\"error\":\"Currency pair not supported XBT/USD\",\"method\":\"subscribe\",\"success\":false,"
                + "\"symbol\":\"XBT/USD\"}");
        kraken.frame("{\"channel\":\"heartbeat\"}");
        assertThat(decoder.refusal())
                .hasValueSatisfying(reason -> assertThat(reason).contains("XBT/USD"));
        kraken.connect();
        assertThat(decoder.refusal()).isEmpty();
    }

    @Test
    void subscribing_twice_is_no_refusal() throws MalformedFrameException {
        kraken.frame("{\"error\":\"Already subscribed\",\"method\":\"subscribe\",\"success\":false}");
        assertThat(decoder.refusal()).isEmpty();
    }

    @Test
    void a_connection_id_beyond_a_signed_long_is_no_matter() throws MalformedFrameException {
        kraken.frame(
                "{\"channel\":\"status\",\"type\":\"update\",\"data\":[{\"version\":\"2.0.10\",\"system\":\"maintenance\","
                        + "\"connection_id\":16174536464690282295}]}");
        assertThat(decoder.system()).isEqualTo("maintenance");
    }

    @Test
    void other_symbols_channels_and_intervals_are_ignored_and_counted() throws MalformedFrameException {
        kraken.frame(ohlc("update", row("ETH/USD", 1, "10:00:00", "1.0", "1.0", "1.0", "1.0")));
        kraken.frame(ohlc("update", row("BTC/USD", 60, "10:00:00", "1.0", "1.0", "1.0", "1.0")));
        kraken.frame("{\"channel\":\"instrument\",\"type\":\"update\",\"data\":{}}");
        kraken.frame("{\"hello\":1}");
        assertThat(kraken.events).isEmpty();
        assertThat(decoder.counts().ignored()).isEqualTo(4);
    }

    @Test
    void a_frame_with_one_bad_row_emits_none_and_changes_nothing() throws MalformedFrameException {
        assertThatThrownBy(() -> kraken.frame(trades("update", trade(1, "10:00:00.1"), trade(2, "yesterday"))))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageContaining("KRAKEN")
                .hasMessageContaining("yesterday");
        assertThat(kraken.events).isEmpty();
        kraken.frame(trades("update", trade(1, "10:00:00.1")));
        assertThat(kraken.trades()).hasSize(1);
        assertThat(decoder.counts().malformed()).isEqualTo(1);
    }

    @Test
    void a_candle_off_its_interval_or_with_a_low_above_its_high_is_malformed() {
        assertThatThrownBy(() -> kraken.frame(ohlc("update", minute("10:00:30", "90000.0"))))
                .isInstanceOf(MalformedFrameException.class);
        assertThatThrownBy(
                        () -> kraken.frame(ohlc("update", row("BTC/USD", 1, "10:00:00", "2.0", "1.0", "3.0", "2.0"))))
                .isInstanceOf(MalformedFrameException.class);
    }

    @Test
    void damaged_frames_are_refused_without_harm() {
        Fuzzing.survive(
                () -> new KrakenStreamDecoder("BTC/USD"),
                List.of(
                        ohlc("update", minute("10:00:00", "90010.0")),
                        ohlc("snapshot", minute("10:00:00", "90010.0"), minute("10:01:00", "90010.0")),
                        trades("update", trade(1, "10:00:00.1"), trade(2, "10:00:00.2")),
                        "{\"channel\":\"heartbeat\"}"),
                20_000);
    }

    @Test
    void the_recorded_frames_are_read() throws MalformedFrameException {
        List<String> frames = Decoding.received(Decoding.shared("kraken_ws_v2_live_frames.jsonl"));
        for (String frame : frames) {
            kraken.frame(frame);
        }
        assertThat(decoder.refusal()).isPresent();
        assertThat(decoder.system()).isEqualTo("online");
        assertThat(kraken.trades()).extracting(SpotTrade::priceE4).containsExactly(857_724_000L, 857_725_000L);
        assertThat(kraken.quotes())
                .extracting(SpotQuote::bidE4)
                .as("a ticker, and the book of Kraken's own worked example, whose checksum agrees")
                .containsExactly(601_086_000L, 452_835_000L);
        assertThat(decoder.checksumFailures()).isZero();
        assertThat(kraken.candles()).isNotEmpty();
        Fuzzing.survive(() -> new KrakenStreamDecoder("BTC/USD"), frames, 10_000);
    }

    @Test
    void the_recorded_snapshot_with_absent_minutes_is_filled() throws MalformedFrameException {
        Decoding tether = new Decoding(new KrakenStreamDecoder("BTC/USDT"));
        for (String frame : Decoding.received(Decoding.shared("kraken_ws_v2_live_frames.jsonl"))) {
            tether.frame(frame);
        }
        List<SpotCandle> closed = tether.closed();
        assertThat(closed.stream().filter(c -> c.candle().isSynthetic())).isNotEmpty();
        for (int i = 1; i < closed.size(); i++) {
            assertThat(closed.get(i).candle().openNanos()
                            - closed.get(i - 1).candle().openNanos())
                    .isEqualTo(MINUTE);
        }
    }
}
