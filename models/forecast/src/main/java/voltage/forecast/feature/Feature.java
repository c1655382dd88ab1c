package voltage.forecast.feature;

import java.util.Locale;

/**
 * Everything that a forecast may know. Windows end with the latest closed minute; variances are of log price per minute, in
 * logarithms, since they are multiplicative and the heterogeneous autoregression is linear in them.
 *
 * <p>A minute in which nobody traded (synthetic), or that is not there, is not known: windows are means over the known minutes, and NaN
 * with less than 80 % of them known.
 */
public enum Feature {
    /** ln of the Parkinson variance of the latest 5 minutes. */
    LOG_PARKINSON_5M(5),
    LOG_PARKINSON_15M(15),
    LOG_PARKINSON_1H(60),
    LOG_PARKINSON_4H(240),
    LOG_PARKINSON_24H(1440),
    /** ln of the realised variance of the latest 15 minutes: the short term of Corsi's autoregression. */
    LOG_REALISED_15M(15),
    LOG_REALISED_1H(60),
    LOG_REALISED_24H(1440),
    /** ln C(t)/C(t−5 min), signed; NaN if either minute is unknown. */
    RETURN_5M(5),
    RETURN_15M(15),
    /** The 5-minute return over that of 15 minutes, −10 to 10; NaN where the latter is 0. */
    RETURN_RATIO(15),
    /** The latest minute's volume against mean and deviation of the latest 20, itself among them: −4.36 to 4.36; NaN if all are equal. */
    VOLUME_Z_20M(20),
    /** Share of the hour's realised variance beyond bipower variation, 0 to 1. */
    JUMP_SHARE_1H(60, Norm.OFTEN_ZERO),
    JUMP_SHARE_24H(1440, Norm.OFTEN_ZERO),
    /** ln of the variance that the time of day promises the next 15 minutes, against an average minute. */
    LOG_DIURNAL_NEXT_15M(1, Norm.CALENDAR),
    /** The same less ln of what it promised the past hour. */
    LOG_DIURNAL_SHIFT_1H(1, Norm.CALENDAR),
    /** ln of the variance that the minutes of the hour promise the next 15 minutes: there are bursts after each quarter-hour. */
    LOG_MINUTE_NEXT_15M(1, Norm.CALENDAR),
    /** The same less ln of what they promised the past 5 minutes. */
    LOG_MINUTE_SHIFT_5M(1, Norm.CALENDAR),
    /** Sine of the time of day, in whole minutes, UTC. */
    HOUR_SIN(1, Norm.CALENDAR),
    HOUR_COS(1, Norm.CALENDAR),
    /** Sine of the day of the week, Monday 0, in whole days, UTC. */
    WEEKDAY_SIN(1, Norm.CALENDAR),
    WEEKDAY_COS(1, Norm.CALENDAR),
    /** (bid − ask)/(bid + ask) of the displayed sizes, −1 to 1; NaN once it is a minute old. */
    ORDER_FLOW_IMBALANCE(1, Norm.FLOW);

    private final int memoryMinutes;
    private final Norm norm;
    private final String key;

    /**
     * What is normal of a feature; beyond it, it is an alert.
     *
     * @param leastCoverage share of values that are there
     * @param mostRepeated share of values that equal the one before
     * @param drifts whether its distribution may be held against an earlier one; that of a feature of the calendar alone may not: a
     *     morning differs from a week
     */
    public record Norm(double leastCoverage, double mostRepeated, boolean drifts) {
        static final Norm COMMON = new Norm(0.95, 0.5, true);
        static final Norm OFTEN_ZERO = new Norm(0.95, 0.98, true);
        static final Norm CALENDAR = new Norm(0.95, 1, false);
        static final Norm FLOW = new Norm(0.90, 0.5, true);
    }

    Feature(int memoryMinutes) {
        this(memoryMinutes, Norm.COMMON);
    }

    Feature(int memoryMinutes, Norm norm) {
        this.memoryMinutes = memoryMinutes;
        this.norm = norm;
        key = name().toLowerCase(Locale.ROOT);
    }

    /** Its name in a matrix, a model file and a report: the constant's, in lower case. */
    public String key() {
        return key;
    }

    /** Minutes that one value looks back: values nearer to each other are made of the same minutes. */
    public int memoryMinutes() {
        return memoryMinutes;
    }

    public Norm norm() {
        return norm;
    }
}
