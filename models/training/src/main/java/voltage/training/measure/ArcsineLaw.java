package voltage.training.measure;

import voltage.forecast.NormalDistribution;
import voltage.forecast.SettlementAverage;

/**
 * The best that any forecast of an up/down contract can reach if the price has no drift and a constant volatility, and the mean of the
 * last minute is compared with the mean of the minute before opening: {@code B* = ¼ − arcsin(ρ)/2π}, where ρ is the share of the variance that
 * has been seen. A forecast that is clearly better has seen the future (or the volatility changes a lot; then look twice).
 *
 * @param lifetimeSeconds from open to close, 60 or more
 */
public record ArcsineLaw(int lifetimeSeconds) {
    /** Kalshi's KXBTC15M. */
    public static final ArcsineLaw QUARTER_HOUR = new ArcsineLaw(900);

    /** By how much a Brier score must be better than the ideal to be suspected. */
    public static final double ALARM_MARGIN = 0.01;
    /** On more forecasts than these. */
    public static final int ALARM_FROM = 2_000;

    private static final int STEPS = 4_000;
    private static final double WIDEST = 8;

    public ArcsineLaw {
        if (lifetimeSeconds < SettlementAverage.FIXINGS) {
            throw new IllegalArgumentException("a contract lives 60 seconds or more, was " + lifetimeSeconds);
        }
    }

    /** Variance to come, in seconds of the price's variance. */
    private static double secondsOfVariance(int secondsLeft) {
        int seen = Math.max(0, SettlementAverage.FIXINGS - secondsLeft);
        double deviation = SettlementAverage.deviation(1, 1, secondsLeft, seen);
        return deviation * deviation;
    }

    /** Share of the variance that has been seen, 0 to 1. */
    public double seen(int secondsAfterOpen) {
        if (secondsAfterOpen < 0 || secondsAfterOpen > lifetimeSeconds) {
            throw new IllegalArgumentException(
                    "an instant is 0 to " + lifetimeSeconds + " s after open, was " + secondsAfterOpen);
        }
        double tail = secondsOfVariance(SettlementAverage.FIXINGS);
        double total = lifetimeSeconds - SettlementAverage.FIXINGS + 2 * tail;
        return 1 - secondsOfVariance(lifetimeSeconds - secondsAfterOpen) / total;
    }

    /** Least Brier score. */
    public double brier(int secondsAfterOpen) {
        return brierAt(seen(secondsAfterOpen));
    }

    /**
     * Least Brier score of any contract on which two means are compared.
     *
     * @param share of the variance that has been seen, 0 to 1
     */
    public static double brierAt(double share) {
        return 0.25 - StrictMath.asin(share) / (2 * Math.PI);
    }

    /** Most frequent rightness of the likelier side. */
    public double accuracy(int secondsAfterOpen) {
        return 0.5 + StrictMath.asin(Math.sqrt(seen(secondsAfterOpen))) / Math.PI;
    }

    /** Least log loss in nats, by integrating over where the price may stand. */
    public double logLoss(int secondsAfterOpen) {
        return logLossAt(seen(secondsAfterOpen));
    }

    /** The same by the share of the variance that has been seen, 0 to 1. */
    public static double logLossAt(double share) {
        if (share >= 1) {
            return 0;
        }
        double steepness = Math.sqrt(share / (1 - share));
        double width = 2 * WIDEST / STEPS;
        double sum = 0;
        for (int i = 0; i <= STEPS; i++) {
            double z = -WIDEST + i * width;
            double p = NormalDistribution.cumulative(steepness * z);
            double entropy = p <= 0 || p >= 1 ? 0 : -p * StrictMath.log(p) - (1 - p) * StrictMath.log(1 - p);
            sum += entropy * StrictMath.exp(-z * z / 2) * width;
        }
        return sum / Math.sqrt(2 * Math.PI);
    }

    /** Whether a Brier score is better than the ideal allows: more than 0.01 better on more than 2 000 forecasts. */
    public boolean leakSuspected(double brier, int n, int secondsAfterOpen) {
        return n > ALARM_FROM && brier < brier(secondsAfterOpen) - ALARM_MARGIN;
    }
}
