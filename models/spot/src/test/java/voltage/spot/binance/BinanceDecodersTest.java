package voltage.spot.binance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import voltage.market.MalformedFrameException;
import voltage.market.MarketEvent.SpotCandle;
import voltage.market.MarketEvent.SpotTrade;
import voltage.market.Venue;
import voltage.spot.Decoding;
import voltage.spot.Fuzzing;
import voltage.spot.RestFrame;

class BinanceDecodersTest {
    /** 2026-11-20T10:00:00Z in milliseconds. */
    private static final long TEN = 1_795_168_800_000L;

    private final BinanceStreamDecoder decoder = new BinanceStreamDecoder(Venue.BINANCE, "btcusdt");
    private final Decoding binance = new Decoding(decoder);

    private static String trade(long id) {
        return "{\"e\":\"trade\",\"E\":" + TEN + ",\"s\":\"BTCUSDT\",\"t\":" + id
                + ",\"p\":\"90000.10000000\",\"q\":\"0.00100000\",\"T\":" + (TEN + 1) + ",\"m\":true}";
    }

    private static String merged(long first, long last) {
        return "{\"e\":\"aggTrade\",\"E\":" + TEN
                + ",\"s\":\"BTCUSDT\",\"a\":1,\"p\":\"90000.10000000\",\"q\":\"0.00300000\",\"f\":" + first + ",\"l\":"
                + last + ",\"T\":" + (TEN + 1) + ",\"m\":true}";
    }

    private static String kline(long open, String close, boolean isClosed) {
        return "{\"e\":\"kline\",\"E\":" + (TEN + 5) + ",\"s\":\"BTCUSDT\",\"k\":{\"t\":" + open + ",\"T\":"
                + (open + 59_999)
                + ",\"i\":\"1m\",\"f\":1,\"L\":9,\"o\":\"90000.0\",\"c\":\"" + close
                + "\",\"h\":\"90100.0\",\"l\":\"89900.0\",\"v\":\"12.5\",\"n\":9,\"x\":" + isClosed + "}}";
    }

    private static String book(long number) {
        return "{\"u\":" + number
                + ",\"s\":\"BTCUSDT\",\"b\":\"90000.00000000\",\"B\":\"1.0\",\"a\":\"90000.01000000\",\"A\":\"1.0\"}";
    }

    private static String combined(String stream, String frame) {
        return "{\"stream\":\"btcusdt@" + stream + "\",\"data\":" + frame + "}";
    }

    @Test
    void raw_and_combined_frames_mean_the_same() throws MalformedFrameException {
        binance.frame(trade(1));
        binance.frame(combined("trade", trade(2)));
        assertThat(binance.trades()).extracting(SpotTrade::tradeId).containsExactly(1L, 2L);
        assertThat(binance.trades().getFirst().exchangeNanos()).isEqualTo((TEN + 1) * 1_000_000);
    }

    @Test
    void trades_and_merged_trades_together_give_each_trade_once() throws MalformedFrameException {
        binance.frame(trade(1));
        binance.frame(merged(2, 4));
        binance.frame(trade(3));
        binance.frame(trade(5));
        binance.frame(merged(5, 5));
        assertThat(binance.trades()).extracting(SpotTrade::tradeId).containsExactly(1L, 4L, 5L);
        assertThat(decoder.counts().missingTrades()).isZero();
    }

    @Test
    void a_candle_is_closed_by_its_flag() throws MalformedFrameException {
        binance.frame(combined("kline_1m", kline(TEN, "90010.0", false)));
        binance.frame(combined("kline_1m", kline(TEN, "90020.0", true)));
        assertThat(binance.closed()).singleElement().matches(c -> c.candle().closeE4() == 900_200_000L);
        assertThat(binance.frame(kline(TEN, "90030.0", false)))
                .as("it was final")
                .isEmpty();
        binance.frame(kline(TEN + 60_000, "90030.0", false));
        assertThat(binance.frame(kline(TEN, "90030.0", true))).isEmpty();
        assertThat(decoder.counts().lateCandles()).isEqualTo(2);
    }

    @Test
    void times_may_be_in_microseconds() throws MalformedFrameException {
        binance.frame(trade(1).replace(String.valueOf(TEN + 1), (TEN + 1) + "250"));
        assertThat(binance.trades().getFirst().exchangeNanos()).isEqualTo((TEN + 1) * 1_000_000 + 250_000);
    }

    @Test
    void an_older_quote_is_ignored() throws MalformedFrameException {
        binance.frame(book(10));
        binance.frame(combined("bookTicker", book(9)));
        assertThat(binance.quotes()).singleElement().matches(q -> q.exchangeNanos() == 0 && q.askE4() == 900_000_100L);
    }

    @Test
    void other_events_symbols_and_answers_are_ignored() throws MalformedFrameException {
        binance.frame("{\"result\":null,\"id\":1}");
        binance.frame("{\"e\":\"serverShutdown\",\"E\":1}");
        binance.frame(trade(1).replace("BTCUSDT", "ETHUSDT"));
        assertThat(binance.events).isEmpty();
        assertThat(decoder.counts().ignored()).isEqualTo(3);
    }

    @Test
    void an_error_is_a_refusal() throws MalformedFrameException {
        binance.frame("{\"error\":{\"code\":2,\"msg\":\"Invalid request: unknown stream\"},\"id\":1}");
        assertThat(decoder.refusal()).contains("Invalid request: unknown stream");
    }

    @Test
    void a_venue_that_is_not_binance_is_refused() {
        assertThatThrownBy(() -> new BinanceStreamDecoder(Venue.KRAKEN, "X"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_last_row_of_klines_is_forming_and_left_out() throws MalformedFrameException {
        BinanceRestDecoder rest = new BinanceRestDecoder(Venue.BINANCE_US);
        Decoding backfill = new Decoding(rest);
        String row = "[%d,\"90000.0\",\"90100.0\",\"89900.0\",\"90010.0\",\"12.5\",%d,\"0\",9,\"0\",\"0\",\"0\"]";
        String body = "[" + row.formatted(TEN, TEN + 59_999) + "," + row.formatted(TEN + 60_000, TEN + 119_999) + "]";
        byte[] frame = RestFrame.wrap("/api/v3/klines?symbol=BTCUSDT&interval=1m", body.getBytes(UTF_8));
        backfill.frame(frame, 0, frame.length);
        assertThat(backfill.candles()).singleElement().satisfies(c -> {
            assertThat(c.isClosed() && c.isBackfill()).isTrue();
            assertThat(c.venue()).isEqualTo(Venue.BINANCE_US);
            assertThat(c.candle().openNanos()).isEqualTo(TEN * 1_000_000);
        });
        byte[] error = RestFrame.wrap(
                "/api/v3/klines?interval=1m", "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}".getBytes(UTF_8));
        backfill.frame(error, 0, error.length);
        assertThat(rest.refusal()).contains("Invalid symbol.");
    }

    @Test
    void damaged_frames_are_refused_without_harm() {
        Fuzzing.survive(
                () -> new BinanceStreamDecoder(Venue.BINANCE, "BTCUSDT"),
                List.of(trade(1), combined("aggTrade", merged(2, 4)), kline(TEN, "90010.0", true), book(3)),
                20_000);
    }

    @Test
    void the_recorded_frames_of_binance_are_read() throws MalformedFrameException {
        Decoding rune = new Decoding(new BinanceStreamDecoder(Venue.BINANCE, "NKNUSDT"));
        for (String frame : Decoding.received(Decoding.shared("binance_ws_20211012.jsonl.gz"))) {
            rune.frame(frame);
        }
        assertThat(rune.trades()).isNotEmpty();
        assertThat(rune.quotes()).isNotEmpty();
        assertThat(rune.candles()).isNotEmpty().allMatch(c -> c.minutes() == 1 && !c.isClosed());
    }

    @Test
    void the_recorded_frames_of_binance_us_are_read() throws MalformedFrameException {
        int trades = 0;
        int candles = 0;
        for (String symbol : List.of("CRVUSDT", "COMPUSDT", "OMGBUSD", "ZRXUSDT")) {
            Decoding us = new Decoding(new BinanceStreamDecoder(Venue.BINANCE_US, symbol));
            for (String frame : Decoding.received(Decoding.shared("binance_us_ws_20211012.jsonl.gz"))) {
                us.frame(frame);
            }
            trades += us.trades().size();
            candles += us.candles().size();
            assertThat(us.candles()).extracting(SpotCandle::venue).allMatch(v -> v == Venue.BINANCE_US);
        }
        assertThat(trades).isPositive();
        assertThat(candles).isEqualTo(5);
    }
}
