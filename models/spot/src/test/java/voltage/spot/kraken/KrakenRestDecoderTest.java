package voltage.spot.kraken;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import voltage.market.MalformedFrameException;
import voltage.market.MarketEvent.SpotCandle;
import voltage.spot.Decoding;
import voltage.spot.Fuzzing;
import voltage.spot.RestFrame;

class KrakenRestDecoderTest {
    private static final String OHLC = "/0/public/OHLC?pair=XBTUSD&interval=1";
    /** 2026-11-20T10:00:00Z in seconds. */
    private static final long TEN = 1_795_168_800L;

    private final KrakenRestDecoder decoder = new KrakenRestDecoder();
    private final Decoding kraken = new Decoding(decoder);

    private static String row(long time, String close, int count) {
        return "[" + time + ",\"90000.0\",\"90100.0\",\"89900.0\",\"" + close + "\",\"90000.0\",\"0.25\"," + count
                + "]";
    }

    private static String body(String... rows) {
        return "{\"error\":[],\"result\":{\"last\":" + TEN + ",\"XXBTZUSD\":[" + String.join(",", rows) + "]}}";
    }

    private static String frame(String path, String body) {
        return new String(RestFrame.wrap(path, body.getBytes(UTF_8)), UTF_8);
    }

    private static String trade(double minute, String price, int id) {
        return "[\"" + price + "\",\"0.10000000\"," + (TEN + (long) (minute * 60)) + ".8277369,\"b\",\"m\",\"\"," + id
                + "]";
    }

    private static String trades(String last, String... rows) {
        return "{\"error\":[],\"result\":{\"XXBTZUSD\":[" + String.join(",", rows) + "],\"last\":\"" + last + "\"}}";
    }

    @Test
    void the_last_row_is_still_forming_and_left_out() throws MalformedFrameException {
        kraken.frame(
                frame(OHLC, body(row(TEN, "90001.0", 3), row(TEN + 60, "90002.0", 3), row(TEN + 120, "90003.0", 1))));
        assertThat(kraken.candles()).hasSize(2).allMatch(c -> c.isClosed() && c.isBackfill() && c.minutes() == 1);
        assertThat(kraken.candles().getLast().candle().closeE4()).isEqualTo(900_020_000L);
    }

    @Test
    void an_answer_of_only_the_forming_row_or_of_none_is_no_candle() throws MalformedFrameException {
        kraken.frame(frame(OHLC, body(row(TEN, "90001.0", 3))));
        kraken.frame(frame(OHLC, body()));
        assertThat(kraken.events).isEmpty();
    }

    @Test
    void the_interval_is_the_one_that_was_asked_for() throws MalformedFrameException {
        kraken.frame(frame(
                "/0/public/OHLC?pair=XBTUSD&interval=5&since=1",
                body(row(TEN, "90001.0", 3), row(TEN + 300, "90002.0", 3))));
        assertThat(kraken.candles()).singleElement().matches(c -> c.minutes() == 5);
    }

    @Test
    void a_row_without_volume_is_synthetic() throws MalformedFrameException {
        String flat = "[" + TEN + ",\"90000.0\",\"90000.0\",\"90000.0\",\"90000.0\",\"0.0\",\"0.00000000\",0]";
        kraken.frame(frame(OHLC, body(flat, row(TEN + 60, "90002.0", 3))));
        assertThat(kraken.candles()).singleElement().matches(c -> c.candle().isSynthetic());
    }

    @Test
    void an_error_with_status_200_is_a_refusal() throws MalformedFrameException {
        kraken.frame(frame(OHLC, "{\"error\":[\"EGeneral:Too many requests\"]}"));
        assertThat(decoder.refusal()).contains("EGeneral:Too many requests");
    }

    @Test
    void two_pairs_in_a_result_are_malformed() {
        assertThatThrownBy(() -> kraken.frame(frame(OHLC, "{\"error\":[],\"result\":{\"A\":[],\"B\":[]}}")))
                .isInstanceOf(MalformedFrameException.class);
    }

    @Test
    void trades_become_whole_minutes_across_pages() throws MalformedFrameException {
        String since = "/0/public/Trades?pair=XBTUSD&since=";
        kraken.frame(frame(
                since + (TEN - 30),
                trades(
                        "777",
                        trade(-0.2, "1.0", 1),
                        trade(0.1, "100.0", 2),
                        trade(0.5, "99.0", 3),
                        trade(1.1, "101.0", 4))));
        assertThat(kraken.candles())
                .as("the first minute was asked for from its middle")
                .hasSize(1);
        kraken.frame(frame(since + "777", trades("888", trade(1.9, "103.0", 5), trade(3.2, "104.0", 6))));

        List<SpotCandle> candles = kraken.candles();
        assertThat(candles).allMatch(c -> c.isClosed() && c.isBackfill());
        assertThat(candles).extracting(c -> c.candle().trades()).containsExactly(2, 2, 0);
        assertThat(candles.get(0).candle().lowE4()).isEqualTo(990_000L);
        assertThat(candles.get(1).candle().closeE4()).isEqualTo(1_030_000L);
        assertThat(candles.get(2).candle().isSynthetic()).isTrue();
    }

    @Test
    void damaged_bodies_are_refused_without_harm() {
        Fuzzing.survive(
                KrakenRestDecoder::new,
                List.of(
                        frame(OHLC, body(row(TEN, "90001.0", 3), row(TEN + 60, "90002.0", 3))),
                        frame("/0/public/Trades?since=0", trades("7", trade(0.1, "100.0", 2), trade(1.1, "101.0", 4)))),
                10_000);
    }

    @Test
    void the_recorded_bodies_are_read_without_their_forming_row() throws MalformedFrameException {
        byte[] recent = Decoding.bytes(Decoding.shared("kraken_rest_ohlc_btcusd_20261006.json"));
        byte[] whole = Decoding.bytes(Decoding.shared("kraken_rest_ohlc_xbtusdt_20251110.json.gz"));
        byte[] first = RestFrame.wrap(OHLC, recent);
        kraken.frame(first, 0, first.length);
        int rows = kraken.events.size();
        assertThat(rows).isPositive();
        byte[] second = RestFrame.wrap("/0/public/OHLC?pair=XBTUSDT&interval=1", whole);
        kraken.frame(second, 0, second.length);
        assertThat(kraken.events.size() - rows)
                .as("721 rows, the last one forming")
                .isEqualTo(720);
        assertThat(kraken.candles().stream()
                        .filter(c -> c.candle().isSynthetic())
                        .count())
                .isBetween(214L, 217L);
    }

    @Test
    void candles_from_recorded_trades_equal_the_recorded_candles() throws MalformedFrameException {
        byte[] candles =
                RestFrame.wrap(OHLC, Decoding.bytes(Decoding.shared("kraken_rest_ohlc_xbtusdt_20251110.json.gz")));
        byte[] trades = RestFrame.wrap(
                "/0/public/Trades?pair=XBTUSDT",
                Decoding.bytes(Decoding.shared("kraken_rest_trades_xbtusdt_20251110.json.gz")));
        kraken.frame(candles, 0, candles.length);
        Map<Long, SpotCandle> official = new TreeMap<>();
        kraken.candles().forEach(c -> official.put(c.candle().openNanos(), c));
        int before = kraken.candles().size();
        kraken.frame(trades, 0, trades.length);

        List<SpotCandle> rebuilt =
                kraken.candles().subList(before, kraken.candles().size());
        int compared = 0;
        for (SpotCandle candle : rebuilt) {
            SpotCandle truth = official.get(candle.candle().openNanos());
            if (truth != null && !candle.candle().isSynthetic()) {
                assertThat(candle.candle()).isEqualTo(truth.candle());
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(250);
    }
}
