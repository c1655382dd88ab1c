package voltage.local.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.local.net.Stream;
import voltage.local.session.Session;
import voltage.local.session.SessionEvent;
import voltage.local.session.SimulatedSession;
import voltage.market.Candle;
import voltage.market.MalformedFrameException;
import voltage.market.MarketEvent;
import voltage.market.Venue;
import voltage.spot.RestFrame;
import voltage.spot.SpotDecoder;
import voltage.spot.binance.BinanceRestDecoder;
import voltage.spot.binance.BinanceStreamDecoder;
import voltage.spot.coinbase.CoinbaseStreamDecoder;
import voltage.spot.kraken.KrakenRestDecoder;
import voltage.spot.kraken.KrakenStreamDecoder;

@Timeout(120)
class FeedVenuesTest {
    private static final SimulatedSession SESSION = new SimulatedSession(7, 1);
    private static final long START = SESSION.startNanos();
    private static final long MINUTE = 60_000_000_000L;

    @Test
    void kraken_plays_candles_trades_quotes_and_heartbeats_that_the_worker_reads() {
        KrakenStreamDecoder decoder = new KrakenStreamDecoder("BTC/USD");
        FeedClient client = new FeedClient(decoder, START);
        KrakenVenue venue = new KrakenVenue(client, SESSION.history(Venue.KRAKEN));
        Stream stream = client.connect(venue, "/v2", "");
        stream.text(krakenSubscribe("ohlc", "\"interval\":1,\"snapshot\":true"));
        stream.text(krakenSubscribe("ohlc", "\"interval\":5,\"snapshot\":true"));
        stream.text(krakenSubscribe("trade", "\"snapshot\":false"));
        stream.text(krakenSubscribe("ticker", "\"event_trigger\":\"bbo\""));
        List<SessionEvent> played = play(client, venue, START + 10 * MINUTE);

        assertThat(decoder.counts().malformed()).isZero();
        assertThat(decoder.refusal()).isEmpty();
        assertThat(decoder.system()).isEqualTo("online");
        assertThat(trades(client)).isEqualTo(prints(played, Venue.KRAKEN));
        assertThat(client.events(MarketEvent.SpotQuote.class)).hasSameSizeAs(prints(played, Venue.KRAKEN));
        assertThat(client.frames.stream().filter(KrakenFrames.HEARTBEAT::equals))
                .hasSize(600);
        assertThat(client.frames.getFirst()).contains("\"connection_id\":16174536464690282295");
        assertThat(client.events(MarketEvent.SpotCandle.class))
                .filteredOn(candle -> candle.isClosed() && !candle.isBackfill() && candle.minutes() == 1)
                .hasSizeBetween(8, 10);
        assertThat(client.events(MarketEvent.SpotCandle.class))
                .filteredOn(MarketEvent.SpotCandle::isBackfill)
                .hasSizeGreaterThan(100);
    }

    @Test
    void kraken_acknowledges_each_symbol_and_leaves_a_refused_client_connected() {
        KrakenStreamDecoder decoder = new KrakenStreamDecoder("XBT/USD");
        FeedClient client = new FeedClient(decoder, START);
        KrakenVenue venue = new KrakenVenue(client, List.of());
        Stream stream = client.connect(venue, "/v2", "");
        stream.text(
                "{\"method\":\"subscribe\",\"params\":{\"channel\":\"trade\",\"symbol\":[\"BTC/USD\",\"XBT/USD\",\"XBTUSD\"]},\"req_id\":3}");
        stream.text("{\"method\":\"ping\",\"req_id\":42}");
        stream.text(krakenSubscribe("trade", "\"snapshot\":false"));
        stream.text("nonsense");

        assertThat(client.closeCode).isZero();
        assertThat(client.frames.get(1))
                .startsWith(
                        "{\"method\":\"subscribe\",\"result\":{\"channel\":\"trade\",\"snapshot\":false,"
                                + "\"symbol\":\"BTC/USD\"},\"success\":true,\"req_id\":3,\"time_in\":\"2026-10-20T14:29:00.000000Z\"");
        assertThat(client.frames.get(2)).startsWith("{\"error\":\"Currency pair not supported XBT/USD\"");
        assertThat(client.frames.get(3)).contains("Currency pair not in ISO 4217-A3 format");
        assertThat(client.frames.get(4)).startsWith("{\"method\":\"pong\",\"req_id\":42");
        assertThat(client.frames.get(5)).contains("Already subscribed");
        assertThat(client.frames.get(6)).contains("\"success\":false");
        assertThat(decoder.refusal()).isPresent();
    }

    @Test
    void kraken_rest_has_720_closed_candles_and_the_forming_one() throws MalformedFrameException {
        FeedClient client = new FeedClient(new KrakenStreamDecoder("BTC/USD"), START);
        KrakenVenue venue = new KrakenVenue(client, SESSION.history(Venue.KRAKEN));
        play(client, venue, START + 2 * MINUTE + MINUTE / 2);

        String path = "/0/public/OHLC?pair=XBTUSD&interval=1";
        String body = client.get(venue, "/0/public/OHLC", "pair=XBTUSD&interval=1");
        List<MarketEvent.SpotCandle> candles = decoded(new KrakenRestDecoder(), path, body);

        assertThat(candles).hasSize(720).allMatch(MarketEvent.SpotCandle::isClosed);
        assertThat(candles.getLast().candle().openNanos()).isEqualTo(START + MINUTE);
        assertThat(body).contains("\"XXBTZUSD\"").endsWith("\"last\":" + (START + MINUTE) / 1_000_000_000L + "}}");
        assertThat(client.get(venue, "/0/public/OHLC", "pair=BTC%2FUSD&interval=5"))
                .contains("\"BTC/USD\"");
        assertThat(client.get(venue, "/0/public/OHLC", "pair=DOGE")).contains("EQuery:Unknown asset pair");

        String trades = client.get(venue, "/0/public/Trades", "pair=XBTUSD&since=" + START);
        List<MarketEvent.SpotCandle> rebuilt =
                decoded(new KrakenRestDecoder(), "/0/public/Trades?pair=XBTUSD&since=" + START, trades);
        assertThat(rebuilt).hasSize(2);
        assertThat(rebuilt.getLast().candle()).isEqualTo(candles.getLast().candle());
    }

    @Test
    void coinbase_plays_gap_free_matches_after_an_old_one() {
        CoinbaseStreamDecoder decoder = new CoinbaseStreamDecoder("BTC-USD");
        FeedClient client = new FeedClient(decoder, START);
        CoinbaseVenue venue = new CoinbaseVenue(client, SESSION.history(Venue.COINBASE));
        play(client, venue, START + MINUTE);
        Stream stream = client.connect(venue, "/", "");
        stream.text(
                "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],\"channels\":[\"matches\",\"heartbeat\",\"ticker\"]}");
        List<SessionEvent> played = resume(client, venue, START + MINUTE, START + 6 * MINUTE);

        assertThat(client.frames.get(0)).startsWith("{\"type\":\"subscriptions\"");
        assertThat(client.frames.get(1)).startsWith("{\"type\":\"last_match\"");
        assertThat(decoder.counts().malformed()).isZero();
        assertThat(decoder.counts().missingTrades()).isZero();
        assertThat(trades(client)).isEqualTo(prints(played, Venue.COINBASE));
        assertThat(client.frames.stream().filter(frame -> frame.contains("\"heartbeat\",\"last_trade_id\"")))
                .hasSize(300);
        assertThat(client.get(venue, "/products/BTC-USD/candles", "granularity=60"))
                .startsWith("[[");
    }

    @Test
    void coinbase_disconnects_who_does_not_subscribe_and_refuses_what_it_does_not_have() {
        CoinbaseStreamDecoder decoder = new CoinbaseStreamDecoder("BTC-USD");
        FeedClient client = new FeedClient(decoder, START);
        CoinbaseVenue venue = new CoinbaseVenue(client, List.of());
        Stream stream = client.connect(venue, "/", "");
        stream.text("{\"type\":\"subscribe\",\"product_ids\":[\"XYZ-USD\"],\"channels\":[\"matches\"]}");
        assertThat(decoder.refusal())
                .hasValueSatisfying(reason -> assertThat(reason).contains("XYZ-USD"));
        assertThat(venue.nextDueNanos()).isEqualTo(START + 5_000_000_000L);
        play(client, venue, START + 6_000_000_000L);
        assertThat(client.closeCode).isEqualTo(1008);
        assertThat(venue.nextDueNanos()).isEqualTo(FeedVenue.NEVER);
    }

    @Test
    void binance_plays_combined_streams_with_one_closed_kline_a_minute() {
        BinanceStreamDecoder decoder = new BinanceStreamDecoder(Venue.BINANCE, "BTCUSDT");
        FeedClient client = new FeedClient(decoder, START);
        BinanceVenue venue = new BinanceVenue(Venue.BINANCE, client, SESSION.history(Venue.BINANCE));
        client.connect(venue, "/stream", "streams=btcusdt@trade/btcusdt@kline_1m/btcusdt@bookTicker");
        List<SessionEvent> played = play(client, venue, START + 5 * MINUTE + 1_000_000_000L);

        assertThat(decoder.counts().malformed()).isZero();
        assertThat(client.frames.getFirst()).startsWith("{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\"");
        assertThat(ids(trades(client))).isEqualTo(ids(prints(played, Venue.BINANCE)));
        List<MarketEvent.SpotCandle> closed = client.events(MarketEvent.SpotCandle.class).stream()
                .filter(MarketEvent.SpotCandle::isClosed)
                .toList();
        assertThat(closed).hasSize(5);
        assertThat(closed.getLast().candle().openNanos()).isEqualTo(START + 4 * MINUTE);
        assertThat(client.pings).hasSize(15);
        assertThat(client.events(MarketEvent.SpotQuote.class)).isNotEmpty();
    }

    @Test
    void binance_without_trades_sends_closed_klines_only() {
        Candle first = SESSION.history(Venue.BINANCE).getLast();
        BinanceStreamDecoder decoder = new BinanceStreamDecoder(Venue.BINANCE, "BTCUSDT");
        FeedClient client = new FeedClient(decoder, START);
        BinanceVenue venue = new BinanceVenue(Venue.BINANCE, client, List.of());
        Stream stream = client.connect(venue, "/ws/btcusdt@kline_1m", "");
        stream.text("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@trade\"],\"id\":9}");
        venue.apply(new SessionEvent.CandleClosed(START, Venue.BINANCE, first));

        assertThat(client.frames.getFirst()).isEqualTo("{\"result\":null,\"id\":9}");
        assertThat(client.events)
                .singleElement()
                .satisfies(event ->
                        assertThat(((MarketEvent.SpotCandle) event).candle()).isEqualTo(first));
        assertThat(client.events(MarketEvent.SpotCandle.class).getFirst().isClosed())
                .isTrue();
    }

    @Test
    void binance_rest_pages_through_25_hours_and_ends_with_the_forming_candle() throws MalformedFrameException {
        List<Candle> history = SESSION.history(Venue.BINANCE);
        FeedClient client = new FeedClient(new BinanceStreamDecoder(Venue.BINANCE, "BTCUSDT"), START);
        BinanceVenue venue = new BinanceVenue(Venue.BINANCE, client, history);
        long startMillis = history.getFirst().openNanos() / 1_000_000;
        List<Candle> read = new ArrayList<>();
        for (int page = 0; page < 3; page++) {
            String query = "symbol=BTCUSDT&interval=1m&limit=1000&startTime="
                    + (startMillis + read.size() * MINUTE / 1_000_000);
            String body = client.get(venue, "/api/v3/klines", query);
            decoded(new BinanceRestDecoder(Venue.BINANCE), "/api/v3/klines?" + query, body)
                    .forEach(candle -> read.add(candle.candle()));
        }
        assertThat(read).isEqualTo(history);
        assertThat(client.get(venue, "/api/v3/klines", "symbol=DOGE&interval=1m"))
                .contains("Invalid symbol");
    }

    @Test
    void the_same_session_gives_the_same_frames() {
        List<List<String>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            FeedClient client = new FeedClient(new BinanceStreamDecoder(Venue.BINANCE, "BTCUSDT"), START);
            FeedVenue venue = FeedVenue.of(SESSION, client).getLast();
            client.connect(venue, "/stream", "streams=btcusdt@trade/btcusdt@kline_1m/btcusdt@bookTicker");
            play(client, venue, START + 2 * MINUTE);
            runs.add(client.frames);
        }
        assertThat(runs.getFirst()).isEqualTo(runs.getLast()).isNotEmpty();
    }

    private static String krakenSubscribe(String channel, String more) {
        return "{\"method\":\"subscribe\",\"params\":{\"channel\":\"%s\",\"symbol\":[\"BTC/USD\"],%s}}"
                .formatted(channel, more);
    }

    private static List<SessionEvent> play(FeedClient client, FeedVenue venue, long untilNanos) {
        try (Session.EventCursor cursor = SESSION.open()) {
            return client.play(cursor, venue, untilNanos);
        }
    }

    private static List<SessionEvent> resume(FeedClient client, FeedVenue venue, long fromNanos, long untilNanos) {
        try (Session.EventCursor cursor = SESSION.open()) {
            SessionEvent event = cursor.peek();
            while (event != null && event.atNanos() <= fromNanos) {
                cursor.next();
                event = cursor.peek();
            }
            return client.play(cursor, venue, untilNanos);
        }
    }

    private static List<SessionEvent.SpotPrint> prints(List<SessionEvent> events, Venue venue) {
        return events.stream()
                .filter(SessionEvent.SpotPrint.class::isInstance)
                .map(SessionEvent.SpotPrint.class::cast)
                .filter(print -> print.venue() == venue)
                .toList();
    }

    private static List<SessionEvent.SpotPrint> trades(FeedClient client) {
        return client.events(MarketEvent.SpotTrade.class).stream()
                .map(trade -> new SessionEvent.SpotPrint(
                        trade.receivedNanos(),
                        trade.venue(),
                        trade.tradeId(),
                        trade.priceE4(),
                        trade.sizeE8(),
                        trade.exchangeNanos()))
                .toList();
    }

    /** Binance's times have milliseconds only. */
    private static List<Long> ids(List<SessionEvent.SpotPrint> prints) {
        return prints.stream().map(SessionEvent.SpotPrint::tradeId).toList();
    }

    private static List<MarketEvent.SpotCandle> decoded(SpotDecoder decoder, String path, String body)
            throws MalformedFrameException {
        List<MarketEvent.SpotCandle> candles = new ArrayList<>();
        byte[] frame = RestFrame.wrap(path, body.getBytes(StandardCharsets.UTF_8));
        decoder.frame(frame, 0, frame.length, START, event -> candles.add((MarketEvent.SpotCandle) event));
        assertThat(decoder.refusal()).isEmpty();
        return candles;
    }
}
