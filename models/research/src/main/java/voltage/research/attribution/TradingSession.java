package voltage.research.attribution;

/**
 * Which of the world's desks set the tone, by the hour UTC. A session lasts from the opening of its region's desks until the next region's
 * opens, the last one until midnight, so each instant of a day belongs to exactly one. Hours are fixed: they do not follow summer time.
 */
public enum TradingSession {
    /** 00:00 to before 08:00: Tokyo, Hong Kong, Singapore. */
    ASIA(0, 8),
    /** 08:00 to before 13:00: London alone, until New York opens. */
    LONDON(8, 13),
    /** 13:00 to before 24:00: New York, London's afternoon included. */
    US(13, 24);

    private static final long HOUR_NANOS = 3_600_000_000_000L;

    private final int fromHour;
    private final int toHour;

    TradingSession(int fromHour, int toHour) {
        this.fromHour = fromHour;
        this.toHour = toHour;
    }

    /** The first hour UTC that belongs to it. */
    public int fromHour() {
        return fromHour;
    }

    /** The first hour UTC that does not belong to it any more, 24 at most. */
    public int toHour() {
        return toHour;
    }

    /** The session of an instant, epoch nanoseconds UTC. */
    public static TradingSession of(long nanos) {
        long hour = Math.floorMod(Math.floorDiv(nanos, HOUR_NANOS), 24L);
        if (hour < LONDON.fromHour) {
            return ASIA;
        }
        return hour < US.fromHour ? LONDON : US;
    }
}
