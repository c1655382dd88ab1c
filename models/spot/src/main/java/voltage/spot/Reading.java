package voltage.spot;

import voltage.market.Candle;
import voltage.market.MalformedFrameException;

/** Readings that mean the same at every venue. */
public final class Reading {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long MINUTE_NANOS = 60 * SECOND_NANOS;

    private Reading() {}

    /** A price above 0, in ten-thousandths of a dollar. */
    public static long priceE4(Json value) throws MalformedFrameException {
        long priceE4 = value.decimal(4);
        if (priceE4 <= 0) {
            throw new MalformedFrameException("a price is above 0, was " + value);
        }
        return priceE4;
    }

    /** A size of at least 0, in hundred-millionths. */
    public static long sizeE8(Json value) throws MalformedFrameException {
        long sizeE8 = value.decimal(8);
        if (sizeE8 < 0) {
            throw new MalformedFrameException("a size is at least 0, was " + value);
        }
        return sizeE8;
    }

    /** A trade id: a whole number of at least 0. */
    public static long id(Json value) throws MalformedFrameException {
        long id = value.integer();
        if (id < 0) {
            throw new MalformedFrameException("an id is at least 0, was " + value);
        }
        return id;
    }

    /** Unix time in seconds, milliseconds, microseconds or nanoseconds, told apart by size, as epoch nanoseconds. */
    public static long unixNanos(Json value) throws MalformedFrameException {
        long time = id(value);
        if (time < 100_000_000_000L) {
            return time * SECOND_NANOS;
        }
        if (time < 100_000_000_000_000L) {
            return time * 1_000_000L;
        }
        return time < 100_000_000_000_000_000L ? time * 1_000L : time;
    }

    /** A candle whose start must be on its interval; one without trades is flat and marked so. */
    public static Candle candle(
            int minutes, long openNanos, Json open, Json high, Json low, Json close, Json volume, long trades)
            throws MalformedFrameException {
        if (openNanos < 0 || openNanos % (minutes * MINUTE_NANOS) != 0) {
            throw new MalformedFrameException(
                    "a candle of " + minutes + " minutes starts on its interval, was " + openNanos + " ns");
        }
        long volumeE8 = sizeE8(volume);
        return new Candle(
                openNanos,
                priceE4(open),
                priceE4(high),
                priceE4(low),
                priceE4(close),
                volumeE8,
                Math.toIntExact(trades),
                trades == 0 && volumeE8 == 0);
    }
}
