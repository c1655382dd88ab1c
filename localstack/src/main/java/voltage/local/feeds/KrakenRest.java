package voltage.local.feeds;

import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import voltage.local.net.Request;
import voltage.local.net.Response;
import voltage.market.Candle;
import voltage.market.FixedPoint;

/** Kraken's REST {@code OHLC} and {@code Trades}: errors come with status 200. */
final class KrakenRest {
    private static final int COMMITTED_ROWS = 720;
    private static final int TRADES_A_PAGE = 1_000;
    private static final int MINUTES_A_PAGE = TRADES_A_PAGE / 4 + 1;
    private static final Set<String> PAIRS = Set.of("XBTUSD", "XXBTZUSD", "XBT/USD", "BTC/USD", "BTCUSD");

    private final Map<Integer, CandleSeries> series;
    private final Deque<KrakenTrade> trades;

    KrakenRest(Map<Integer, CandleSeries> series, Deque<KrakenTrade> trades) {
        this.series = series;
        this.trades = trades;
    }

    Response answer(Request request, long nowNanos) {
        Map<String, String> parameters = Wire.parameters(request.query());
        return switch (request.path()) {
            case "/0/public/Time" ->
                Response.json(
                        200,
                        "{\"error\":[],\"result\":{\"unixtime\":" + nowNanos / Wire.SECOND + ",\"rfc1123\":\"\"}}");
            case "/0/public/SystemStatus" ->
                Response.json(
                        200,
                        "{\"error\":[],\"result\":{\"status\":\"online\",\"timestamp\":\"" + Wire.micros(nowNanos)
                                + "\"}}");
            case "/0/public/OHLC" -> candles(parameters, nowNanos);
            case "/0/public/Trades" -> trades(parameters);
            default -> error("EGeneral:Unknown method");
        };
    }

    private Response candles(Map<String, String> parameters, long nowNanos) {
        String pair = parameters.getOrDefault("pair", "");
        if (!PAIRS.contains(pair)) {
            return error("EQuery:Unknown asset pair");
        }
        CandleSeries candles =
                series.get(Wire.number(parameters, "interval").orElse(1L).intValue());
        if (candles == null) {
            return error("EGeneral:Invalid arguments");
        }
        long length = candles.lengthNanos();
        long current = candles.openOf(nowNanos);
        long earliest = current - COMMITTED_ROWS * length;
        long since = Math.clamp(Wire.number(parameters, "since").orElse(0L), 0L, 9_000_000_000L) * Wire.SECOND;
        List<Candle> rows = candles.filled(Math.max(earliest, since), current, COMMITTED_ROWS + 1);
        StringBuilder out = new StringBuilder(100 * rows.size() + 100)
                .append("{\"error\":[],\"result\":{\"")
                .append(key(pair))
                .append("\":[");
        String separator = "";
        for (Candle row : rows) {
            out.append(separator)
                    .append('[')
                    .append(row.openNanos() / Wire.SECOND)
                    .append(",\"")
                    .append(Wire.price(row.openE4(), 1))
                    .append("\",\"")
                    .append(Wire.price(row.highE4(), 1))
                    .append("\",\"")
                    .append(Wire.price(row.lowE4(), 1))
                    .append("\",\"")
                    .append(Wire.price(row.closeE4(), 1))
                    .append("\",\"")
                    .append(row.isSynthetic() ? "0.0" : KrakenFrames.vwap(row))
                    .append("\",\"")
                    .append(Wire.size(row.volumeE8()))
                    .append("\",")
                    .append(row.trades())
                    .append(']');
            separator = ",";
        }
        // The newest row is still forming; "last" is the one before it.
        return Response.json(
                200,
                out.append("],\"last\":")
                        .append((current - length) / Wire.SECOND)
                        .append("}}")
                        .toString());
    }

    private Response trades(Map<String, String> parameters) {
        String pair = parameters.getOrDefault("pair", "");
        if (!PAIRS.contains(pair)) {
            return error("EQuery:Unknown asset pair");
        }
        long asked = Wire.number(parameters, "since").orElse(-1L);
        long since = asked >= 0 && asked < 100_000_000_000L ? asked * Wire.SECOND : asked;
        List<KrakenTrade> page = Stream.concat(before(since), trades.stream())
                .filter(trade -> trade.exchangeNanos() > since)
                .limit(TRADES_A_PAGE)
                .toList();
        StringBuilder out = new StringBuilder(90 * page.size() + 100)
                .append("{\"error\":[],\"result\":{\"")
                .append(key(pair))
                .append("\":[");
        String separator = "";
        for (KrakenTrade trade : page) {
            out.append(separator)
                    .append("[\"")
                    .append(FixedPoint.format(trade.priceE4(), 4))
                    .append("0\",\"")
                    .append(Wire.size(trade.sizeE8()))
                    .append("\",")
                    .append(FixedPoint.format(trade.exchangeNanos() / 100, 7))
                    .append(",\"")
                    .append(trade.isBuy() ? 'b' : 's')
                    .append("\",\"m\",\"\",")
                    .append(trade.tradeId())
                    .append(']');
            separator = ",";
        }
        long last = page.isEmpty() ? Math.max(0, since) : page.getLast().exchangeNanos();
        return Response.json(
                200, out.append("],\"last\":\"").append(last).append("\"}}").toString());
    }

    /** Before the first trade that is known there are candles: four trades for each make the same candle again. */
    private Stream<KrakenTrade> before(long sinceNanos) {
        CandleSeries minutes = series.get(1);
        if (minutes == null || sinceNanos < 0) {
            return Stream.empty();
        }
        long until = trades.isEmpty()
                ? Long.MAX_VALUE
                : minutes.openOf(trades.getFirst().exchangeNanos());
        long from = minutes.openOf(sinceNanos);
        return minutes.filled(from, Math.min(until, from + MINUTES_A_PAGE * Wire.MINUTE), MINUTES_A_PAGE).stream()
                .filter(minute -> !minute.isSynthetic() && minute.openNanos() < until)
                .flatMap(KrakenRest::fourTrades);
    }

    private static Stream<KrakenTrade> fourTrades(Candle minute) {
        long quarter = minute.volumeE8() / 4;
        long[] pricesE4 = {minute.openE4(), minute.highE4(), minute.lowE4(), minute.closeE4()};
        long[] sizesE8 = {minute.volumeE8() - 3 * quarter, quarter, quarter, quarter};
        return IntStream.range(0, 4)
                .mapToObj(i -> new KrakenTrade(
                        minute.openNanos() / Wire.MINUTE * 4 + i,
                        pricesE4[i],
                        sizesE8[i],
                        minute.openNanos() + (10 + 10 * i) * Wire.SECOND,
                        i % 2 == 0));
    }

    /** The result stands under a name that depends on how it was asked. */
    private static String key(String pair) {
        return pair.equals("XBTUSD") ? "XXBTZUSD" : pair;
    }

    private static Response error(String text) {
        return Response.json(200, "{\"error\":[\"" + text + "\"]}");
    }
}
