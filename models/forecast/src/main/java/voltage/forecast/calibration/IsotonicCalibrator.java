package voltage.forecast.calibration;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Isotonic regression (Zadrozny, Elkan 2002): adjacent violators are pooled by weighted mean, between the blocks' centres it is linear,
 * beyond the outer ones constant, and it is clipped to {@code [1/(n+2), 1−1/(n+2)]}: n points cannot show that something never happens.
 */
public final class IsotonicCalibrator implements Calibrator {
    private final int points;
    private final double[] centres;
    private final double[] values;

    /**
     * A fit.
     *
     * @param points fitted to
     * @param centres mean forecast of each block, rising
     * @param values share of events in each block, rising
     */
    IsotonicCalibrator(int points, double[] centres, double[] values) {
        if (points < 1 || centres.length == 0 || centres.length != values.length || centres.length > points) {
            throw new IllegalArgumentException(
                    "an isotonic fit has one value a block, and at most a block a point, was " + points + " points, "
                            + centres.length + " centres, " + values.length + " values");
        }
        for (int i = 0; i < centres.length; i++) {
            boolean inside = centres[i] >= 0 && centres[i] <= 1 && values[i] >= 0 && values[i] <= 1;
            boolean rising = i == 0 || (centres[i] >= centres[i - 1] && values[i] >= values[i - 1]);
            if (!inside || !rising) {
                throw new IllegalArgumentException("centres and values of an isotonic fit are 0 to 1 and rise, block "
                        + i + " was " + centres[i] + " and " + values[i]);
            }
        }
        this.points = points;
        this.centres = centres.clone();
        this.values = values.clone();
    }

    public static IsotonicCalibrator fit(double[] probabilities, boolean[] labels) {
        Blocks blocks = pool(probabilities, labels);
        return new IsotonicCalibrator(labels.length, blocks.centres(), blocks.values());
    }

    /** Pooled blocks, by rising forecast. */
    @SuppressWarnings("ArrayRecordComponent") // not compared
    record Blocks(double[] weights, double[] centres, double[] values) {}

    static Blocks pool(double[] probabilities, boolean[] labels) {
        Points.require(probabilities, labels);
        int n = labels.length;
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> probabilities[i]));
        double[] weights = new double[n];
        double[] forecasts = new double[n];
        double[] events = new double[n];
        int blocks = 0;
        for (int i = 0; i < n; ) {
            // Equal forecasts are one point: the map cannot part them.
            double forecast = probabilities[order[i]];
            double weight = 0;
            double event = 0;
            for (; i < n && probabilities[order[i]] == forecast; i++) {
                weight++;
                event += labels[order[i]] ? 1 : 0;
            }
            double sum = forecast * weight;
            while (blocks > 0 && events[blocks - 1] * weight >= event * weights[blocks - 1]) {
                blocks--;
                weight += weights[blocks];
                event += events[blocks];
                sum += forecasts[blocks];
            }
            weights[blocks] = weight;
            forecasts[blocks] = sum;
            events[blocks] = event;
            blocks++;
        }
        double[] centres = new double[blocks];
        double[] values = new double[blocks];
        for (int i = 0; i < blocks; i++) {
            // Rounding may carry a mean past that of the block below.
            double centre = Math.min(1, forecasts[i] / weights[i]);
            centres[i] = i == 0 ? centre : Math.max(centres[i - 1], centre);
            values[i] = events[i] / weights[i];
        }
        return new Blocks(Arrays.copyOf(weights, blocks), centres, values);
    }

    @Override
    public double calibrate(double probability) {
        if (Double.isNaN(probability)) {
            return Double.NaN;
        }
        int last = centres.length - 1;
        double value;
        int found = Arrays.binarySearch(centres, probability);
        if (found >= 0) {
            value = values[found];
        } else {
            int above = -found - 1;
            if (above == 0) {
                value = values[0];
            } else if (above > last) {
                value = values[last];
            } else {
                double share = (probability - centres[above - 1]) / (centres[above] - centres[above - 1]);
                value = values[above - 1] + share * (values[above] - values[above - 1]);
            }
        }
        double edge = 1.0 / (points + 2.0);
        return Math.min(1 - edge, Math.max(edge, value));
    }

    int points() {
        return points;
    }

    double[] centres() {
        return centres.clone();
    }

    double[] values() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IsotonicCalibrator that
                && points == that.points
                && Arrays.equals(centres, that.centres)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * points + 17 * Arrays.hashCode(centres) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "IsotonicCalibrator[points=" + points + ", blocks=" + centres.length + "]";
    }
}
