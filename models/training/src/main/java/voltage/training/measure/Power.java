package voltage.training.measure;

import voltage.forecast.NormalDistribution;

/**
 * What a test could have seen. A true edge with root mean square δ in probability betters the Brier score by δ², while the mean difference of
 * n windows has the standard error {@code 2δ√(p(1−p)/n)}. Printed beside every claim.
 */
public final class Power {
    /** Mean p(1−p) of contracts over their life. */
    public static final double USUAL_VARIANCE = 0.2;

    private static final double Z95 = 1.959963984540054;
    private static final double WINDOWS_A_DAY = 96;

    private Power() {}

    /** Windows after which an edge stands two standard errors from zero: {@code 16·p(1−p)/δ²}. */
    public static double windowsFor(double edge, double variance) {
        require(edge, variance);
        return 16 * variance / (edge * edge);
    }

    /** Days of quarter-hours that these are. */
    public static double days(double windows) {
        return windows / WINDOWS_A_DAY;
    }

    /** Least edge that stands two standard errors from zero after so many windows. */
    public static double edgeSeen(long windows, double variance) {
        require((double) windows, variance);
        return 4 * Math.sqrt(variance / windows);
    }

    /** Chance that a two-sided test at 5 % finds the edge. */
    public static double ofTest(double edge, double variance, long windows) {
        require(edge, variance);
        double distance = edge * Math.sqrt(windows / variance) / 2;
        return NormalDistribution.cumulative(distance - Z95) + NormalDistribution.cumulative(-distance - Z95);
    }

    private static void require(double positive, double variance) {
        if (!(positive > 0) || !(variance > 0 && variance <= 0.25)) {
            throw new IllegalArgumentException(
                    "an edge or a number of windows is above 0 and p(1-p) is above 0, to 0.25, was " + positive
                            + " and " + variance);
        }
    }
}
