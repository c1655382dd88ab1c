package voltage.spot.binance;

import java.util.ArrayList;
import java.util.List;
import voltage.market.Candle;
import voltage.market.MalformedFrameException;
import voltage.market.MarketEvent.SpotCandle;
import voltage.market.Venue;
import voltage.spot.Json;
import voltage.spot.Reading;
import voltage.spot.RestFrame;
import voltage.spot.SpotDecoder;
import voltage.spot.Staged;

/**
 * Binance's REST {@code klines}, as {@link RestFrame}s, to backfill candles. The last candle of an answer may still be forming and is
 * left out; who pages through the past begins the next page with it.
 */
public final class BinanceRestDecoder extends SpotDecoder {
    public BinanceRestDecoder(Venue venue) {
        super(venue);
    }

    @Override
    protected List<Staged> read(byte[] bytes, int from, int to, long receivedNanos) throws MalformedFrameException {
        RestFrame frame = RestFrame.parse(bytes, from, to);
        if (frame.body().isObject()) {
            return frame.body().has("msg") ? refused(frame.body().get("msg").text()) : ignored();
        }
        int minutes = minutes(frame.parameter("interval").orElse(""));
        if (!frame.resource().endsWith("/klines") || minutes == 0) {
            return ignored();
        }
        List<Json> rows = frame.body().items();
        List<Staged> staged = new ArrayList<>();
        for (Json row : rows.subList(0, Math.max(0, rows.size() - 1))) {
            Candle candle = Reading.candle(
                    minutes,
                    Reading.unixNanos(row.item(0)),
                    row.item(1),
                    row.item(2),
                    row.item(3),
                    row.item(4),
                    row.item(5),
                    Reading.id(row.item(8)));
            staged.add(new Staged.Final(new SpotCandle(venue(), minutes, candle, true, true, 0, receivedNanos)));
        }
        return staged;
    }

    /** The length of a kept interval, else 0. */
    static int minutes(String interval) {
        return switch (interval) {
            case "1m" -> 1;
            case "5m" -> 5;
            case "15m" -> 15;
            default -> 0;
        };
    }
}
