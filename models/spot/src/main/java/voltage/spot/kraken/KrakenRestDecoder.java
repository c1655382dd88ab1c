package voltage.spot.kraken;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
 * Kraken's REST candles ({@code OHLC}) and trades ({@code Trades}), as {@link RestFrame}s, to backfill candles.
 *
 * <p>The last candle of an answer is always the one that is still forming and is left out. Trades become candles of one minute; a
 * minute is left out unless the answers hold all of it.
 */
public final class KrakenRestDecoder extends SpotDecoder {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    /** A longer hole is a change of subject, not a quiet market. */
    private static final int MOST_FLAT = 720;

    private String nextPage = "";
    private @Nullable TradedMinute carried;

    public KrakenRestDecoder() {
        super(Venue.KRAKEN);
    }

    @Override
    protected List<Staged> read(byte[] bytes, int from, int to, long receivedNanos) throws MalformedFrameException {
        RestFrame frame = RestFrame.parse(bytes, from, to);
        List<Json> errors = frame.body().get("error").items();
        if (!errors.isEmpty()) {
            // Kraken's errors come with status 200.
            return refused(errors.getFirst().text());
        }
        return switch (frame.resource()) {
            case "/0/public/OHLC" -> candles(frame, receivedNanos);
            case "/0/public/Trades" -> trades(frame, receivedNanos);
            default -> ignored();
        };
    }

    private List<Staged> candles(RestFrame frame, long receivedNanos) throws MalformedFrameException {
        int minutes = minutes(frame.parameter("interval"));
        if (minutes == 0) {
            return ignored();
        }
        List<Json> rows = rows(frame.body().get("result"));
        List<Staged> staged = new ArrayList<>();
        for (Json row : rows.subList(0, Math.max(0, rows.size() - 1))) {
            Candle candle = Reading.candle(
                    minutes,
                    Reading.unixNanos(row.item(0)),
                    row.item(1),
                    row.item(2),
                    row.item(3),
                    row.item(4),
                    row.item(6),
                    Reading.id(row.item(7)));
            staged.add(closed(minutes, candle, receivedNanos));
        }
        return staged;
    }

    private static int minutes(Optional<String> interval) {
        return switch (interval.orElse("1")) {
            case "1" -> 1;
            case "5" -> 5;
            case "15" -> 15;
            default -> 0;
        };
    }

    private List<Staged> trades(RestFrame frame, long receivedNanos) throws MalformedFrameException {
        Json result = frame.body().get("result");
        String since = frame.parameter("since").orElse("");
        boolean continues = !since.isEmpty() && since.equals(nextPage);
        TradedMinute minute = continues ? carried : null;
        // The first minute is whole if we asked from its very start, or from before it.
        long wholeFromNanos = continues ? Long.MIN_VALUE : sinceNanos(since);
        List<Staged> staged = new ArrayList<>();
        for (Json row : rows(result)) {
            long openNanos = Math.floorDiv(row.item(2).decimal(9), MINUTE_NANOS) * MINUTE_NANOS;
            long priceE4 = Reading.priceE4(row.item(0));
            long sizeE8 = Reading.sizeE8(row.item(1));
            if (minute != null && openNanos < minute.openNanos()) {
                throw new MalformedFrameException("trades come in order of time, was " + row.item(2));
            }
            if (minute != null && openNanos == minute.openNanos()) {
                minute = minute.plus(priceE4, sizeE8);
                continue;
            }
            if (minute != null) {
                if (minute.isWhole()) {
                    staged.add(closed(1, minute.candle(), receivedNanos));
                }
                fill(minute, openNanos, receivedNanos, staged);
            }
            boolean isWhole = minute != null || openNanos >= wholeFromNanos;
            minute = new TradedMinute(openNanos, priceE4, priceE4, priceE4, priceE4, sizeE8, 1, isWhole);
        }
        nextPage = result.get("last").text();
        carried = minute;
        return staged;
    }

    private void fill(TradedMinute last, long untilNanos, long receivedNanos, List<Staged> staged) {
        long first = last.openNanos() + MINUTE_NANOS;
        if ((untilNanos - first) / MINUTE_NANOS > MOST_FLAT) {
            return;
        }
        for (long open = first; open < untilNanos; open += MINUTE_NANOS) {
            staged.add(closed(1, Candle.flat(open, last.closeE4()), receivedNanos));
        }
    }

    private static long sinceNanos(String since) {
        try {
            long value = Long.parseLong(since);
            return value < 100_000_000_000L ? Math.multiplyExact(value, 1_000_000_000L) : value;
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private Staged closed(int minutes, Candle candle, long receivedNanos) {
        return new Staged.Final(new SpotCandle(venue(), minutes, candle, true, true, 0, receivedNanos));
    }

    /** The rows stand under the pair's name, which depends on how it was asked: the only key that is not {@code last}. */
    private static List<Json> rows(Json result) throws MalformedFrameException {
        @Nullable List<Json> rows = null;
        for (Map.Entry<String, Json> entry : result.fields().entrySet()) {
            if (!entry.getKey().equals("last")) {
                if (rows != null) {
                    throw new MalformedFrameException("one pair was expected in the result, there are more");
                }
                rows = entry.getValue().items();
            }
        }
        if (rows == null) {
            throw new MalformedFrameException("a pair was expected in the result, there is none");
        }
        return rows;
    }

    /** A minute's trades so far. */
    private record TradedMinute(
            long openNanos,
            long openE4,
            long highE4,
            long lowE4,
            long closeE4,
            long volumeE8,
            int trades,
            boolean isWhole) {
        TradedMinute plus(long priceE4, long sizeE8) {
            return new TradedMinute(
                    openNanos,
                    openE4,
                    Math.max(highE4, priceE4),
                    Math.min(lowE4, priceE4),
                    priceE4,
                    Math.addExact(volumeE8, sizeE8),
                    trades + 1,
                    isWhole);
        }

        Candle candle() {
            return new Candle(openNanos, openE4, highE4, lowE4, closeE4, volumeE8, trades, false);
        }
    }
}
