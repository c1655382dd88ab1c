package voltage.forecast.feature;

import java.util.Arrays;

/**
 * Means over the latest minutes, of several lengths at once, each updated in constant time. Sums are integers (units of 2⁻⁵⁸), so
 * nothing drifts: a mean depends on the minutes in its window alone, to the last bit, however long the series has run.
 */
final class RollingMeans {
    /** Share of a window's minutes that must be known. */
    private static final double LEAST_KNOWN = 0.8;

    private static final double UNIT = 0x1p58;
    /** Largest term, a move of 12.5 % in a minute; a larger one counts as this, so that a day of them fits a long. */
    private static final double MOST = 0x1p-6;

    private static final long MISSING = Long.MIN_VALUE;

    private final int[] windows;
    private final long[] sums;
    private final int[] known;
    private final long[] ring;
    private int next;

    /** @param windows minutes, the longest last and at most 1440 */
    RollingMeans(int... windows) {
        this.windows = windows;
        sums = new long[windows.length];
        known = new int[windows.length];
        ring = new long[windows[windows.length - 1]];
        Arrays.fill(ring, MISSING);
    }

    /** A minute's term, 0 or above, or NaN if it is not known. */
    void add(double term) {
        long units = Double.isNaN(term) ? MISSING : (long) Math.rint(Math.min(term, MOST) * UNIT);
        for (int i = 0; i < windows.length; i++) {
            long leaving = ring[Math.floorMod(next - windows[i], ring.length)];
            if (leaving != MISSING) {
                sums[i] -= leaving;
                known[i]--;
            }
            if (units != MISSING) {
                sums[i] += units;
                known[i]++;
            }
        }
        ring[next] = units;
        next = next + 1 == ring.length ? 0 : next + 1;
    }

    /** Mean of the known terms of a window; NaN if fewer than 80 % are. */
    double mean(int window) {
        return known[window] < LEAST_KNOWN * windows[window] ? Double.NaN : sums[window] / UNIT / known[window];
    }
}
