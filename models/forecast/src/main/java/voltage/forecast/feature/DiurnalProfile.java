package voltage.forecast.feature;

import java.util.Optional;
import voltage.forecast.estimator.Parkinson;
import voltage.market.Candle;

/**
 * Learns {@link DiurnalFactors} from minutes: {@code s = mean variance in the slot / mean variance}, shrunk to 1 by 20 days' worth of
 * average minutes, {@code (n s + κ)/(n + κ)}. Training asks for a new table at each midnight, so no row sees its own future.
 */
public final class DiurnalProfile {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    /** A day; before, a slot has not been seen once. */
    private static final int LEAST_MINUTES = 1440;

    private static final int DAYS_OF_SHRINKAGE = 20;
    /** A minute that varied more counts as this: one crash is no time of day. */
    private static final double MOST = 0x1p-10;

    private final double[] quarterSums = new double[DiurnalFactors.QUARTERS];
    private final long[] quarterCounts = new long[DiurnalFactors.QUARTERS];
    private final double[] minuteSums = new double[DiurnalFactors.MINUTES_OF_HOUR];
    private final long[] minuteCounts = new long[DiurnalFactors.MINUTES_OF_HOUR];
    private double sum;
    private long count;
    private long knownNanos = Long.MIN_VALUE;

    /** A closed minute, in any order; a synthetic one says nothing. */
    public void minute(Candle candle) {
        if (candle.isSynthetic()) {
            return;
        }
        double term = Math.min(Parkinson.squaredLogRange(candle), MOST);
        int minute = (int) Math.floorMod(candle.openNanos() / MINUTE_NANOS, (long) DiurnalFactors.MINUTES_OF_DAY);
        quarterSums[minute / 15] += term;
        quarterCounts[minute / 15]++;
        minuteSums[minute % 60] += term;
        minuteCounts[minute % 60]++;
        sum += term;
        count++;
        knownNanos = Math.max(knownNanos, candle.openNanos() + MINUTE_NANOS);
    }

    /** The table as of now; empty before a day of minutes that moved. */
    public Optional<DiurnalFactors> factors() {
        if (count < LEAST_MINUTES || !(sum > 0)) {
            return Optional.empty();
        }
        double mean = sum / count;
        return Optional.of(new DiurnalFactors(
                shrunk(quarterSums, quarterCounts, mean, DAYS_OF_SHRINKAGE * 15),
                shrunk(minuteSums, minuteCounts, mean, DAYS_OF_SHRINKAGE * 24),
                knownNanos));
    }

    private static double[] shrunk(double[] sums, long[] counts, double mean, int shrinkage) {
        double[] factors = new double[sums.length];
        for (int i = 0; i < sums.length; i++) {
            // n s is the slot's sum over the mean.
            factors[i] = (sums[i] / mean + shrinkage) / (counts[i] + shrinkage);
        }
        return factors;
    }
}
