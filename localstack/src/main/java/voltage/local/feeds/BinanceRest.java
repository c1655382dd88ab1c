package voltage.local.feeds;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import voltage.local.net.Request;
import voltage.local.net.Response;
import voltage.market.Candle;
import voltage.market.FixedPoint;

/** Binance's REST {@code klines} of one minute, with its paging, and what a client asks to see whether it is there. */
final class BinanceRest {
    static final long TICK_E4 = 100;

    private static final int DEFAULT_ROWS = 500;
    private static final int MAX_ROWS = 1_000;
    private static final BigInteger E8_OF_E12 = BigInteger.valueOf(10_000);
    private static final long LATEST_MILLIS = 9_000_000_000_000L;

    private final CandleSeries minutes;

    BinanceRest(CandleSeries minutes) {
        this.minutes = minutes;
    }

    Response answer(Request request, long nowNanos) {
        Map<String, String> parameters = Wire.parameters(request.query());
        return switch (request.path()) {
            case "/api/v3/ping" -> Response.json(200, "{}");
            case "/api/v3/time" -> Response.json(200, "{\"serverTime\":" + Wire.millis(nowNanos) + "}");
            case "/api/v3/klines" -> klines(parameters, nowNanos);
            default -> Response.json(404, "{\"code\":-1,\"msg\":\"not played here\"}");
        };
    }

    private Response klines(Map<String, String> parameters, long nowNanos) {
        if (!BinanceVenue.SYMBOL.equals(parameters.get("symbol"))) {
            return Response.json(400, "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}");
        }
        if (!"1m".equals(parameters.get("interval"))) {
            return Response.json(400, "{\"code\":-1120,\"msg\":\"Invalid interval.\"}");
        }
        int limit = (int) Math.clamp(Wire.number(parameters, "limit").orElse((long) DEFAULT_ROWS), 1L, MAX_ROWS);
        long until = Math.min(nowNanos, millis(parameters, "endTime", LATEST_MILLIS));
        // Without a start the newest rows are meant, the one that is forming included.
        long newest = minutes.openOf(until) - (limit - 1) * Wire.MINUTE;
        long from = parameters.containsKey("startTime") ? millis(parameters, "startTime", 0) : newest;
        List<Candle> rows = minutes.known(from, until, nowNanos, limit);
        StringBuilder out = new StringBuilder(180 * rows.size() + 10).append('[');
        String separator = "";
        for (Candle row : rows) {
            out.append(separator)
                    .append('[')
                    .append(Wire.millis(row.openNanos()))
                    .append(",\"")
                    .append(Wire.price8(row.openE4()))
                    .append("\",\"")
                    .append(Wire.price8(row.highE4()))
                    .append("\",\"")
                    .append(Wire.price8(row.lowE4()))
                    .append("\",\"")
                    .append(Wire.price8(row.closeE4()))
                    .append("\",\"")
                    .append(Wire.size(row.volumeE8()))
                    .append("\",")
                    .append(Wire.millis(row.openNanos() + Wire.MINUTE) - 1)
                    .append(",\"")
                    .append(quoteVolume(row))
                    .append("\",")
                    .append(row.trades())
                    .append(",\"0.00000000\",\"0.00000000\",\"0\"]");
            separator = ",";
        }
        return Response.json(200, out.append(']').toString());
    }

    /** Volume at the candle's mean price: sessions do not have the exact one. */
    static String quoteVolume(Candle candle) {
        BigInteger product = BigInteger.valueOf(candle.volumeE8()).multiply(BigInteger.valueOf(candle.meanE4()));
        return FixedPoint.format(product.divide(E8_OF_E12).longValueExact(), 8);
    }

    private static long millis(Map<String, String> parameters, String name, long otherwise) {
        return Math.clamp(Wire.number(parameters, name).orElse(otherwise), 0L, LATEST_MILLIS) * 1_000_000L;
    }
}
