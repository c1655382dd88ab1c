package voltage.local.feeds;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.List;
import voltage.market.Candle;

/** The frames of Kraken's WebSocket v2, in its key order; numbers are JSON numbers. */
final class KrakenFrames {
    static final String HEARTBEAT = "{\"channel\":\"heartbeat\"}";

    private KrakenFrames() {}

    static String status(BigInteger connection) {
        return "{\"channel\":\"status\",\"type\":\"update\",\"data\":[{\"version\":\"2.0.10\",\"system\":\"online\","
                + "\"api_version\":\"v2\",\"connection_id\":" + connection
                + ",\"upcoming_maintenance\":[],\"emergency\":[]}]}";
    }

    static String ack(
            String method,
            String channel,
            int interval,
            boolean snapshot,
            JsonNode parameters,
            JsonNode id,
            long nowNanos) {
        StringBuilder out = new StringBuilder(256)
                .append("{\"method\":\"")
                .append(method)
                .append("\",\"result\":{\"channel\":\"")
                .append(channel)
                .append('"');
        switch (channel) {
            case "ohlc" -> out.append(",\"interval\":").append(interval);
            case "ticker" ->
                out.append(",\"event_trigger\":")
                        .append(Wire.quoted(parameters.path("event_trigger").asText("trades")));
            default -> {}
        }
        out.append(",\"snapshot\":").append(snapshot);
        out.append(",\"symbol\":\"").append(KrakenVenue.SYMBOL).append('"');
        if (channel.equals("ohlc")) {
            out.append(",\"warnings\":[\"timestamp is deprecated, use interval_begin\"]");
        }
        out.append("},\"success\":true");
        return ending(out, id, nowNanos);
    }

    static String refusal(String method, String error, String symbol, JsonNode id, long nowNanos) {
        StringBuilder out = new StringBuilder(128)
                .append("{\"error\":")
                .append(Wire.quoted(error))
                .append(",\"method\":")
                .append(Wire.quoted(method))
                .append(",\"success\":false");
        if (!symbol.isEmpty()) {
            out.append(",\"symbol\":").append(Wire.quoted(symbol));
        }
        return ending(out, id, nowNanos);
    }

    static String pong(JsonNode id, long nowNanos) {
        return ending(new StringBuilder("{\"method\":\"pong\""), id, nowNanos);
    }

    static String trades(String type, List<KrakenTrade> trades) {
        StringBuilder out = new StringBuilder(64 + 160 * trades.size())
                .append("{\"channel\":\"trade\",\"type\":\"")
                .append(type)
                .append("\",\"data\":[");
        String separator = "";
        for (KrakenTrade trade : trades) {
            out.append(separator)
                    .append("{\"symbol\":\"")
                    .append(KrakenVenue.SYMBOL)
                    .append("\",\"side\":\"")
                    .append(trade.isBuy() ? "buy" : "sell")
                    .append("\",\"price\":")
                    .append(Wire.price(trade.priceE4(), 1))
                    .append(",\"qty\":")
                    .append(Wire.size(trade.sizeE8()))
                    .append(",\"ord_type\":\"market\",\"trade_id\":")
                    .append(trade.tradeId())
                    .append(",\"timestamp\":\"")
                    .append(Wire.micros(trade.exchangeNanos()))
                    .append("\"}");
            separator = ",";
        }
        return out.append("]}").toString();
    }

    static String candles(String type, int minutes, List<Candle> candles, long nowNanos) {
        StringBuilder out = new StringBuilder(128 + 260 * candles.size())
                .append("{\"channel\":\"ohlc\",\"type\":\"")
                .append(type)
                .append("\",\"timestamp\":\"")
                .append(Wire.nanos(nowNanos))
                .append("\",\"data\":[");
        String separator = "";
        for (Candle candle : candles) {
            out.append(separator)
                    .append("{\"symbol\":\"")
                    .append(KrakenVenue.SYMBOL)
                    .append("\",\"open\":")
                    .append(Wire.price(candle.openE4(), 1))
                    .append(",\"high\":")
                    .append(Wire.price(candle.highE4(), 1))
                    .append(",\"low\":")
                    .append(Wire.price(candle.lowE4(), 1))
                    .append(",\"close\":")
                    .append(Wire.price(candle.closeE4(), 1))
                    .append(",\"trades\":")
                    .append(candle.trades())
                    .append(",\"volume\":")
                    .append(Wire.size(candle.volumeE8()))
                    .append(",\"vwap\":")
                    .append(vwap(candle))
                    .append(",\"interval_begin\":\"")
                    .append(Wire.nanos(candle.openNanos()))
                    .append("\",\"interval\":")
                    .append(minutes)
                    // The end of the interval: deprecated, and a trap.
                    .append(",\"timestamp\":\"")
                    .append(Wire.micros(candle.openNanos() + minutes * Wire.MINUTE))
                    .append("\"}");
            separator = ",";
        }
        return out.append("]}").toString();
    }

    /** Sessions do not have it: the middle of the candle stands in, to a tenth. */
    static String vwap(Candle candle) {
        return Wire.price(candle.meanE4() / 1_000 * 1_000, 1);
    }

    private static String ending(StringBuilder out, JsonNode id, long nowNanos) {
        if (id.isNumber()) {
            out.append(",\"req_id\":").append(id.asText());
        }
        String time = Wire.micros(nowNanos);
        return out.append(",\"time_in\":\"")
                .append(time)
                .append("\",\"time_out\":\"")
                .append(time)
                .append("\"}")
                .toString();
    }
}
