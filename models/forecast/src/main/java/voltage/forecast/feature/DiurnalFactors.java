package voltage.forecast.feature;

/**
 * How much more or less than an average minute varies in each quarter-hour of the day and in each minute of the hour (Andersen and
 * Bollerslev 1997, J. Empirical Finance 4:115–158), UTC. Made by {@link DiurnalProfile}, or read from a model's artifact.
 */
public final class DiurnalFactors {
    static final int MINUTES_OF_DAY = 1440;
    static final int MINUTES_OF_HOUR = 60;
    static final int QUARTERS = 96;
    private static final int NEXT = 15;
    private static final int PAST_OF_DAY = 60;
    private static final int PAST_OF_HOUR = 5;

    private final double[] quarters;
    private final double[] minutes;
    private final long knownNanos;
    private final double[] quarterNext = new double[MINUTES_OF_DAY];
    private final double[] quarterPast = new double[MINUTES_OF_DAY];
    private final double[] minuteNext = new double[MINUTES_OF_HOUR];
    private final double[] minutePast = new double[MINUTES_OF_HOUR];

    /**
     * A table.
     *
     * @param quarters 96 factors of variance, positive, around 1
     * @param minutes 60 factors of variance, positive, around 1
     * @param knownNanos when the last minute that it is made of was known, epoch nanoseconds UTC
     */
    public DiurnalFactors(double[] quarters, double[] minutes, long knownNanos) {
        this.quarters = checked(quarters, QUARTERS, "quarter-hours");
        this.minutes = checked(minutes, MINUTES_OF_HOUR, "minutes of the hour");
        this.knownNanos = knownNanos;
        for (int minute = 0; minute < MINUTES_OF_DAY; minute++) {
            quarterNext[minute] = logMean(this.quarters, 15, minute, NEXT);
            quarterPast[minute] = logMean(this.quarters, 15, minute - PAST_OF_DAY, PAST_OF_DAY);
        }
        for (int minute = 0; minute < MINUTES_OF_HOUR; minute++) {
            minuteNext[minute] = logMean(this.minutes, 1, minute, NEXT);
            minutePast[minute] = logMean(this.minutes, 1, minute - PAST_OF_HOUR, PAST_OF_HOUR);
        }
    }

    private static double[] checked(double[] factors, int count, String what) {
        if (factors.length != count) {
            throw new IllegalArgumentException("there are " + count + " " + what + ", was " + factors.length);
        }
        for (double factor : factors) {
            if (!(factor > 0) || Double.isInfinite(factor)) {
                throw new IllegalArgumentException("the factors of " + what + " are positive, was " + factor);
            }
        }
        return factors.clone();
    }

    private static double logMean(double[] factors, int width, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += factors[Math.floorMod(i, factors.length * width) / width];
        }
        return StrictMath.log(sum / count);
    }

    /** ln of the mean factor of the 15 minutes from a minute of the day on. */
    double logQuarterNext(int minuteOfDay) {
        return quarterNext[minuteOfDay];
    }

    /** ln of the mean factor of the hour before a minute of the day. */
    double logQuarterPast(int minuteOfDay) {
        return quarterPast[minuteOfDay];
    }

    /** ln of the mean factor of the 15 minutes from a minute of the hour on. */
    double logMinuteNext(int minuteOfHour) {
        return minuteNext[minuteOfHour];
    }

    /** ln of the mean factor of the 5 minutes before a minute of the hour. */
    double logMinutePast(int minuteOfHour) {
        return minutePast[minuteOfHour];
    }

    /** One for each quarter-hour of the day, the caller's own. */
    public double[] quarters() {
        return quarters.clone();
    }

    /** One for each minute of the hour, the caller's own. */
    public double[] minutes() {
        return minutes.clone();
    }

    /** When it was known, epoch nanoseconds UTC: no feature of an earlier decision can be made of it. */
    public long knownNanos() {
        return knownNanos;
    }
}
