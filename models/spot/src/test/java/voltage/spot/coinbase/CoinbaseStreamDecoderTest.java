package voltage.spot.coinbase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import voltage.market.MalformedFrameException;
import voltage.market.MarketEvent.SpotCandle;
import voltage.market.MarketEvent.SpotQuote;
import voltage.market.MarketEvent.SpotTrade;
import voltage.market.Venue;
import voltage.spot.Decoding;
import voltage.spot.Fuzzing;

class CoinbaseStreamDecoderTest {
    private static final String TIME = "2026-11-20T10:00:00.123456Z";
    private static final long TIME_NANOS = 1_795_168_800_123_456_000L;

    private final CoinbaseStreamDecoder decoder = new CoinbaseStreamDecoder("BTC-USD");
    private final Decoding coinbase = new Decoding(decoder);

    private static String match(String type, long id) {
        return "{\"type\":\"" + type + "\",\"trade_id\":" + id
                + ",\"maker_order_id\":\"a\",\"taker_order_id\":\"b\",\"side\":\"sell\","
                + "\"size\":\"0.00023055\",\"price\":\"85776.96\",\"product_id\":\"BTC-USD\",\"sequence\":137333645494,\"time\":\""
                + TIME + "\"}";
    }

    private static String ticker(String product) {
        return "{\"type\":\"ticker\",\"sequence\":137333645494,\"product_id\":\"" + product
                + "\",\"price\":\"85776.96\"," + "\"best_bid\":\"85776.95\",\"best_ask\":\"85776.96\",\"time\":\""
                + TIME + "\",\"trade_id\":7,\"last_size\":\"0.1\"}";
    }

    private static String envelope(String channel, int sequence, String events) {
        return "{\"channel\":\"" + channel + "\",\"timestamp\":\"2026-11-20T10:00:00.123456789Z\",\"sequence_num\":"
                + sequence + ",\"events\":[" + events + "]}";
    }

    private static String advancedTrade(long id) {
        return "{\"product_id\":\"BTC-USD\",\"trade_id\":\"" + id
                + "\",\"price\":\"65083.67\",\"size\":\"0.002186\",\"time\":\"" + TIME + "\",\"side\":\"SELL\"}";
    }

    private static String candle(long start, String close) {
        return "{\"start\":\"" + start + "\",\"high\":\"1000\",\"low\":\"900.5\",\"open\":\"950\",\"close\":\"" + close
                + "\",\"volume\":\"14.4297629\",\"product_id\":\"BTC-USD\"}";
    }

    @Test
    void a_match_is_a_trade() throws MalformedFrameException {
        coinbase.frame(match("match", 7));
        assertThat(coinbase.trades())
                .containsExactly(new SpotTrade(
                        Venue.COINBASE,
                        7,
                        857_769_600L,
                        23_055L,
                        TIME_NANOS,
                        coinbase.events.getFirst().receivedNanos()));
    }

    @Test
    void the_last_match_is_an_old_trade_and_is_not_passed_on() throws MalformedFrameException {
        coinbase.frame(match("last_match", 7));
        coinbase.frame(match("match", 7));
        coinbase.frame(match("match", 8));
        assertThat(coinbase.trades()).extracting(SpotTrade::tradeId).containsExactly(8L);
    }

    @Test
    void a_hole_in_the_trade_ids_is_counted() throws MalformedFrameException {
        coinbase.frame(match("match", 7));
        coinbase.frame(match("match", 10));
        assertThat(decoder.counts().missingTrades()).isEqualTo(2);
    }

    @Test
    void a_ticker_is_a_quote_and_not_a_trade() throws MalformedFrameException {
        coinbase.frame(ticker("BTC-USD"));
        assertThat(coinbase.events)
                .containsExactly(new SpotQuote(
                        Venue.COINBASE,
                        857_769_500L,
                        857_769_600L,
                        TIME_NANOS,
                        coinbase.events.getFirst().receivedNanos()));
        coinbase.frame(ticker("ETH-USD"));
        assertThat(coinbase.events).hasSize(1);
    }

    @Test
    void acknowledgements_and_heartbeats_emit_nothing() throws MalformedFrameException {
        coinbase.frame("{\"type\":\"subscriptions\",\"channels\":[]}");
        coinbase.frame("{\"type\":\"heartbeat\",\"sequence\":90,\"last_trade_id\":20,\"product_id\":\"BTC-USD\"}");
        coinbase.frame(envelope(
                "heartbeats",
                0,
                "{\"current_time\":\"2026-08-09 21:05:48.8 +0000 UTC m=+41691.26\",\"heartbeat_counter\":41691}"));
        assertThat(coinbase.events).isEmpty();
        assertThat(decoder.counts().ignored()).isZero();
    }

    @Test
    void an_error_is_a_refusal() throws MalformedFrameException {
        coinbase.frame(
                "{\"type\":\"error\",\"message\":\"Failed to subscribe\",\"reason\":\"BTC-XXX is not a valid product\"}");
        assertThat(decoder.refusal()).contains("Failed to subscribe: BTC-XXX is not a valid product");
    }

    @Test
    void advanced_trades_come_newest_first_and_are_emitted_oldest_first() throws MalformedFrameException {
        coinbase.frame(envelope(
                "market_trades",
                0,
                "{\"type\":\"snapshot\",\"trades\":[" + advancedTrade(6) + "," + advancedTrade(5) + "]}"));
        coinbase.frame(envelope(
                "market_trades",
                1,
                "{\"type\":\"update\",\"trades\":[" + advancedTrade(8) + "," + advancedTrade(7) + "," + advancedTrade(6)
                        + "]}"));
        assertThat(coinbase.trades()).extracting(SpotTrade::tradeId).containsExactly(7L, 8L);
        assertThat(decoder.counts().repeatedTrades()).isEqualTo(3);
    }

    @Test
    void advanced_candles_are_of_five_minutes_and_close_when_the_next_begins() throws MalformedFrameException {
        coinbase.frame(envelope(
                "candles",
                0,
                "{\"type\":\"snapshot\",\"candles\":[" + candle(1_795_169_700, "960") + ","
                        + candle(1_795_168_800, "955") + "]}"));
        assertThat(coinbase.closed())
                .extracting(c -> c.candle().isSynthetic())
                .as("an absent bucket is filled")
                .containsExactly(false, true, true);
        coinbase.frame(
                envelope("candles", 1, "{\"type\":\"update\",\"candles\":[" + candle(1_795_170_000, "970") + "]}"));
        SpotCandle last = coinbase.closed().getLast();
        assertThat(last.minutes()).isEqualTo(5);
        assertThat(last.isBackfill()).isFalse();
        assertThat(last.candle().closeE4()).isEqualTo(9_600_000L);
    }

    @Test
    void the_sequence_spans_all_channels_of_a_connection() throws MalformedFrameException {
        coinbase.frame(envelope("l2_data", 0, "{}"));
        coinbase.frame(envelope("subscriptions", 1, "{}"));
        coinbase.frame(envelope("l2_data", 4, "{}"));
        assertThat(decoder.counts().sequenceGaps()).isEqualTo(2);
        coinbase.connect();
        coinbase.frame(envelope("l2_data", 0, "{}"));
        assertThat(decoder.counts().sequenceGaps()).isEqualTo(2);
    }

    @Test
    void a_size_beyond_eight_places_is_malformed_and_emits_nothing() {
        assertThatThrownBy(() -> coinbase.frame(match("match", 7).replace("0.00023055", "0.000230551")))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageContaining("0.000230551");
        assertThat(coinbase.events).isEmpty();
    }

    @Test
    void damaged_frames_are_refused_without_harm() {
        Fuzzing.survive(
                () -> new CoinbaseStreamDecoder("BTC-USD"),
                List.of(
                        match("match", 7),
                        ticker("BTC-USD"),
                        envelope("market_trades", 1, "{\"type\":\"update\",\"trades\":[" + advancedTrade(8) + "]}"),
                        envelope(
                                "candles",
                                1,
                                "{\"type\":\"update\",\"candles\":[" + candle(1_795_170_000, "970") + "]}")),
                20_000);
    }

    @Test
    void the_recorded_exchange_ticker_is_read() throws MalformedFrameException {
        byte[] frame = Decoding.bytes(Decoding.shared("coinbase_exchange_ticker_20261006.jsonl"));
        coinbase.frame(frame, 0, frame.length);
        assertThat(coinbase.quotes()).singleElement().matches(q -> q.askE4() == 857_769_600L);
    }

    @Test
    void the_recorded_advanced_frames_are_read_without_a_gap() throws MalformedFrameException {
        List<String> frames = Decoding.received(Decoding.shared("coinbase_advanced_ws_20260809.jsonl.gz"));
        for (String frame : frames) {
            coinbase.frame(frame);
        }
        assertThat(decoder.counts().frames()).isEqualTo(frames.size());
        assertThat(decoder.counts().sequenceGaps()).isZero();
        assertThat(decoder.counts().missingTrades()).isZero();
        assertThat(coinbase.trades()).isNotEmpty();
        assertThat(coinbase.trades())
                .extracting(SpotTrade::tradeId)
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(coinbase.quotes()).hasSizeGreaterThan(50);
        assertThat(coinbase.candles()).allMatch(c -> c.minutes() == 5);
        assertThat(coinbase.closed()).hasSizeGreaterThanOrEqualTo(99);
    }
}
