package voltage.forecast.feature;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import voltage.forecast.estimator.BipowerVariation;
import voltage.forecast.estimator.Parkinson;
import voltage.market.Candle;
import voltage.market.CandleSeries;

/**
 * The features, computed minute by minute: closed minutes go in, a {@link FeatureVector} comes out for any instant. The engine and the
 * training use this one class, so what is learned on is what is decided on.
 *
 * <p>A minute costs a constant amount of work and its results depend on the latest {@link #HISTORY_MINUTES} minutes alone, to the
 * last bit: a restart that feeds those again goes on exactly as before. A minute that is not there and a synthetic one are the same,
 * an unknown minute; see {@link Feature}. Not safe for threads.
 */
public final class MinuteFeatures {
    /** Minutes that a value can depend on: a day, and two more for its first return and product of returns. */
    public static final int HISTORY_MINUTES = 1442;

    private static final long MINUTE_NANOS = 60_000_000_000L;
    /** Minutes may come late, but of a feed that is this much behind nothing is known. */
    private static final long STALE_NANOS = 2 * MINUTE_NANOS;

    private static final long IMBALANCE_STALE_NANOS = MINUTE_NANOS;
    private static final List<Feature> TIMES_OF_DAY = List.of(
            Feature.LOG_DIURNAL_NEXT_15M,
            Feature.LOG_DIURNAL_SHIFT_1H,
            Feature.LOG_MINUTE_NEXT_15M,
            Feature.LOG_MINUTE_SHIFT_5M);

    private static final double MOST_RATIO = 10;
    private static final int VOLUMES = 20;
    private static final int LEAST_VOLUMES = 16;

    private final FeatureSet set;
    private final RollingMeans ranges = new RollingMeans(5, 15, 60, 240, 1440);
    private final RollingMeans squares = new RollingMeans(15, 60, 1440);
    private final RollingMeans products = new RollingMeans(60, 1440);
    /** Latest first; 0 where unknown. */
    private final long[] closesE4 = new long[MinuteWindow.HISTORY];

    /** Latest first; 0 where unknown. */
    private final long[] volumesE8 = new long[MinuteWindow.HISTORY];

    private final double[] ofMinutes = new double[Feature.values().length];
    private final double[] values;
    private final long[] known;
    private double lastReturn = Double.NaN;
    private long lastOpenNanos = Long.MIN_VALUE;
    private long minuteKnownNanos = FeatureVector.NEVER;
    private double imbalance = Double.NaN;
    private long imbalanceKnownNanos = FeatureVector.NEVER;
    private @Nullable DiurnalFactors diurnal;
    private long refused;

    public MinuteFeatures(FeatureSet set) {
        this.set = set;
        values = new double[set.size()];
        known = new long[set.size()];
        Arrays.fill(ofMinutes, Double.NaN);
    }

    /** As after all minutes of a series, each known when it ended: for a start, and after history came late. */
    public static MinuteFeatures after(CandleSeries minutes, FeatureSet set) {
        MinuteFeatures features = new MinuteFeatures(set);
        for (int back = minutes.size() - 1; back >= 0; back--) {
            features.minute(minutes.back(back));
        }
        return features;
    }

    /** A closed minute, known when it ended. */
    public boolean minute(Candle candle) {
        return minute(candle, Long.MIN_VALUE);
    }

    /**
     * A closed minute.
     *
     * @param knownNanos when it was known here, epoch nanoseconds UTC; before the minute's end it counts as its end
     * @return whether it was taken: one that is not after all before it is only counted, since sums cannot be taken back; if it matters,
     *     start anew with {@link #after}
     * @throws IllegalArgumentException if it does not start on a whole minute
     */
    public boolean minute(Candle candle, long knownNanos) {
        if (Math.floorMod(candle.openNanos(), MINUTE_NANOS) != 0) {
            throw new IllegalArgumentException("a minute starts on a whole minute, was " + candle.openNanos());
        }
        if (candle.openNanos() <= lastOpenNanos) {
            refused++;
            return false;
        }
        long gap = lastOpenNanos == Long.MIN_VALUE ? 0 : (candle.openNanos() - lastOpenNanos) / MINUTE_NANOS - 1;
        // Beyond the history a further unknown minute changes nothing.
        for (long i = Math.min(gap, HISTORY_MINUTES); i > 0; i--) {
            unknownMinute();
        }
        if (candle.isSynthetic()) {
            unknownMinute();
        } else {
            push(candle.closeE4(), Parkinson.squaredLogRange(candle), candle.volumeE8());
        }
        lastOpenNanos = candle.openNanos();
        long end = candle.openNanos() + MINUTE_NANOS;
        minuteKnownNanos = Math.max(minuteKnownNanos, Math.max(end, knownNanos));
        computeMinute();
        return true;
    }

    private void unknownMinute() {
        push(0, Double.NaN, 0);
    }

    private void push(long closeE4, double squaredRange, long volumeE8) {
        System.arraycopy(closesE4, 0, closesE4, 1, closesE4.length - 1);
        closesE4[0] = closeE4;
        System.arraycopy(volumesE8, 0, volumesE8, 1, volumesE8.length - 1);
        volumesE8[0] = volumeE8;
        double change = logReturn(1);
        ranges.add(squaredRange);
        squares.add(change * change);
        products.add(Math.abs(change) * Math.abs(lastReturn));
        lastReturn = change;
    }

    private double logReturn(int back) {
        return closesE4[0] == 0 || closesE4[back] == 0
                ? Double.NaN
                : StrictMath.log((double) closesE4[0] / closesE4[back]);
    }

    /** The imbalance of displayed sizes, −1 to 1 or NaN, and when it was known, epoch nanoseconds UTC; it replaces the one before. */
    public void imbalance(double value, long knownNanos) {
        if (value < -1 || value > 1) {
            throw new IllegalArgumentException("an order-flow imbalance is from -1 to 1, was " + value);
        }
        imbalance = value;
        imbalanceKnownNanos = knownNanos;
    }

    /** The table of the times of day from now on; without one, its features are missing. */
    public void use(DiurnalFactors factors) {
        diurnal = factors;
    }

    /** End of the latest minute taken, epoch nanoseconds UTC; {@link Long#MIN_VALUE} before the first. */
    public long endNanos() {
        return lastOpenNanos == Long.MIN_VALUE ? Long.MIN_VALUE : lastOpenNanos + MINUTE_NANOS;
    }

    /** Minutes that came too late to be taken. */
    public long refused() {
        return refused;
    }

    /**
     * The features of a decision.
     *
     * <p>What is not known by then is missing, and everything of the minutes is if the latest ended two minutes before or earlier.
     *
     * @param instantNanos epoch nanoseconds UTC
     */
    public FeatureVector at(long instantNanos) {
        boolean fresh = fresh(instantNanos);
        for (int i = 0; i < values.length; i++) {
            write(i, set.features().get(i), instantNanos, fresh);
        }
        return new FeatureVector(set, instantNanos, values, known);
    }

    /** The latest hour as nets see it; null when features of the minutes are missing, and where {@link MinuteWindow} says. */
    public @Nullable MinuteWindow window(long instantNanos) {
        return fresh(instantNanos) ? MinuteWindow.of(closesE4, volumesE8) : null;
    }

    private boolean fresh(long instantNanos) {
        return minuteKnownNanos <= instantNanos
                && lastOpenNanos != Long.MIN_VALUE
                && instantNanos - lastOpenNanos < STALE_NANOS + MINUTE_NANOS;
    }

    private void write(int column, Feature feature, long instantNanos, boolean fresh) {
        long minute = Math.floorDiv(instantNanos, MINUTE_NANOS);
        switch (feature) {
            case LOG_PARKINSON_5M,
                    LOG_PARKINSON_15M,
                    LOG_PARKINSON_1H,
                    LOG_PARKINSON_4H,
                    LOG_PARKINSON_24H,
                    LOG_REALISED_15M,
                    LOG_REALISED_1H,
                    LOG_REALISED_24H,
                    RETURN_5M,
                    RETURN_15M,
                    RETURN_RATIO,
                    VOLUME_Z_20M,
                    JUMP_SHARE_1H,
                    JUMP_SHARE_24H -> {
                values[column] = fresh ? ofMinutes[feature.ordinal()] : Double.NaN;
                known[column] = minuteKnownNanos;
            }
            case LOG_DIURNAL_NEXT_15M, LOG_DIURNAL_SHIFT_1H, LOG_MINUTE_NEXT_15M, LOG_MINUTE_SHIFT_5M -> {
                DiurnalFactors table = diurnal;
                if (table != null && table.knownNanos() <= instantNanos) {
                    values[column] = diurnal(table, feature, minute);
                    known[column] = table.knownNanos();
                } else {
                    values[column] = Double.NaN;
                }
            }
            case HOUR_SIN, HOUR_COS, WEEKDAY_SIN, WEEKDAY_COS -> {
                values[column] = calendar(feature, minute);
                known[column] = minute * MINUTE_NANOS;
            }
            case ORDER_FLOW_IMBALANCE -> {
                boolean usable = imbalanceKnownNanos <= instantNanos
                        && instantNanos - imbalanceKnownNanos < IMBALANCE_STALE_NANOS;
                values[column] = usable ? imbalance : Double.NaN;
                known[column] = imbalanceKnownNanos;
            }
        }
    }

    /**
     * Replaces what a row says of the times of day by what another table says.
     *
     * @param row in the set's order
     * @param instantNanos of the row's decision, epoch nanoseconds UTC
     */
    public static void writeTimesOfDay(FeatureSet set, DiurnalFactors table, long instantNanos, double[] row) {
        for (Feature feature : TIMES_OF_DAY) {
            int column = set.indexOf(feature);
            if (column >= 0) {
                row[column] = diurnal(table, feature, Math.floorDiv(instantNanos, MINUTE_NANOS));
            }
        }
    }

    private static double diurnal(DiurnalFactors table, Feature feature, long minute) {
        int ofDay = (int) Math.floorMod(minute, (long) DiurnalFactors.MINUTES_OF_DAY);
        int ofHour = ofDay % DiurnalFactors.MINUTES_OF_HOUR;
        if (feature == Feature.LOG_DIURNAL_NEXT_15M) {
            return table.logQuarterNext(ofDay);
        }
        if (feature == Feature.LOG_DIURNAL_SHIFT_1H) {
            return table.logQuarterNext(ofDay) - table.logQuarterPast(ofDay);
        }
        return feature == Feature.LOG_MINUTE_NEXT_15M
                ? table.logMinuteNext(ofHour)
                : table.logMinuteNext(ofHour) - table.logMinutePast(ofHour);
    }

    private static double calendar(Feature feature, long minute) {
        double day = 2 * Math.PI * Math.floorMod(minute, (long) DiurnalFactors.MINUTES_OF_DAY) / 1440;
        // The epoch began on a Thursday.
        double week = 2 * Math.PI * Math.floorMod(Math.floorDiv(minute, 1440L) + 3, 7L) / 7;
        if (feature == Feature.HOUR_SIN) {
            return StrictMath.sin(day);
        }
        if (feature == Feature.HOUR_COS) {
            return StrictMath.cos(day);
        }
        return feature == Feature.WEEKDAY_SIN ? StrictMath.sin(week) : StrictMath.cos(week);
    }

    private void computeMinute() {
        put(Feature.LOG_PARKINSON_5M, log(ranges.mean(0) * Parkinson.scale()));
        put(Feature.LOG_PARKINSON_15M, log(ranges.mean(1) * Parkinson.scale()));
        put(Feature.LOG_PARKINSON_1H, log(ranges.mean(2) * Parkinson.scale()));
        put(Feature.LOG_PARKINSON_4H, log(ranges.mean(3) * Parkinson.scale()));
        put(Feature.LOG_PARKINSON_24H, log(ranges.mean(4) * Parkinson.scale()));
        put(Feature.LOG_REALISED_15M, log(squares.mean(0)));
        put(Feature.LOG_REALISED_1H, log(squares.mean(1)));
        put(Feature.LOG_REALISED_24H, log(squares.mean(2)));
        put(Feature.JUMP_SHARE_1H, jumpShare(squares.mean(1), products.mean(0)));
        put(Feature.JUMP_SHARE_24H, jumpShare(squares.mean(2), products.mean(1)));
        double five = logReturn(5);
        double fifteen = logReturn(15);
        put(Feature.RETURN_5M, five);
        put(Feature.RETURN_15M, fifteen);
        put(Feature.RETURN_RATIO, fifteen == 0 ? Double.NaN : Math.clamp(five / fifteen, -MOST_RATIO, MOST_RATIO));
        put(Feature.VOLUME_Z_20M, volumeZ());
    }

    private void put(Feature feature, double value) {
        ofMinutes[feature.ordinal()] = value;
    }

    /** Of nothing that moved there is no logarithm. */
    private static double log(double variance) {
        return variance > 0 ? StrictMath.log(variance) : Double.NaN;
    }

    private static double jumpShare(double realised, double product) {
        return realised > 0 ? Math.max(0, 1 - product * BipowerVariation.scale() / realised) : Double.NaN;
    }

    private double volumeZ() {
        long sum = 0;
        int there = 0;
        for (int back = 0; back < VOLUMES; back++) {
            sum += volumesE8[back];
            there += volumesE8[back] > 0 ? 1 : 0;
        }
        if (volumesE8[0] <= 0 || there < LEAST_VOLUMES) {
            return Double.NaN;
        }
        double mean = sum / (double) there;
        double squaresOfVolume = 0;
        for (int back = 0; back < VOLUMES; back++) {
            if (volumesE8[back] > 0) {
                squaresOfVolume += (volumesE8[back] - mean) * (volumesE8[back] - mean);
            }
        }
        return squaresOfVolume > 0 ? (volumesE8[0] - mean) / Math.sqrt(squaresOfVolume / there) : Double.NaN;
    }
}
