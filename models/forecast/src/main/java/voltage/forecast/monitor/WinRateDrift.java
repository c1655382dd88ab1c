package voltage.forecast.monitor;

import voltage.forecast.calibration.LogOdds;

/**
 * Notices that fewer trades are paid than was expected when they were made. A CUSUM of log likelihood ratios {@code S = max(0, S + ln q(y)/p(y))},
 * where {@code p} is the probability that the trade was made on and {@code q} the same with its log odds lowered. While the expectations
 * hold, at least {@code e^limit} trades pass between false alarms on average (Lorden 1971), whatever the prices traded at.
 */
public final class WinRateDrift {
    /** ln 5000: five thousand trades between false alarms or more. */
    public static final double LIMIT = 8.5;
    /** In log odds: from a half to 38 %. */
    private static final double SHIFT = 0.5;

    private static final double Z95 = 1.959963984540054;

    private double sum;
    private double expected;
    private double variance;
    private int n;
    private int paid;

    public void add(double probability, boolean isPaid) {
        double p = Math.min(1 - LogOdds.EDGE, Math.max(LogOdds.EDGE, probability));
        double q = LogOdds.inverse(LogOdds.of(p) - SHIFT);
        sum = Math.max(0, sum + StrictMath.log(isPaid ? q / p : (1 - q) / (1 - p)));
        n++;
        paid += isPaid ? 1 : 0;
        expected += p;
        variance += p * (1 - p);
    }

    public double sum() {
        return sum;
    }

    public boolean isAlarm() {
        return sum > LIMIT;
    }

    public int n() {
        return n;
    }

    public double rate() {
        return (double) paid / n;
    }

    /** The rate that the probabilities promised. */
    public double promised() {
        return expected / n;
    }

    /** Standard errors of the rate above the promised one. */
    public double z() {
        return variance > 0 ? (paid - expected) / Math.sqrt(variance) : 0;
    }

    /** Wilson's 95 % interval of the rate. */
    public double[] interval() {
        return wilson(paid, n, Z95);
    }

    /** Wilson's interval of a share. */
    public static double[] wilson(int hits, int n, double z) {
        if (n < 1 || hits < 0 || hits > n) {
            throw new IllegalArgumentException("hits are 0 to n, and n is 1 or more, was " + hits + " of " + n);
        }
        double p = (double) hits / n;
        double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
        double half = z / (1 + z * z / n) * Math.sqrt(p * (1 - p) / n + z * z / (4.0 * n * n));
        return new double[] {Math.max(0, middle - half), Math.min(1, middle + half)};
    }
}
