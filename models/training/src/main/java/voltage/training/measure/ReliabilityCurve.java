package voltage.training.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Observed against forecast frequency, in bins of (nearly) equal mass. Equal forecasts stay in one bin, so there may be fewer bins than
 * asked for: a constant forecast has one.
 *
 * @param bins by rising forecast
 */
public record ReliabilityCurve(List<Bin> bins) {
    private static final double Z95 = 1.959963984540054;

    /**
     * One bin.
     *
     * @param n forecasts in it
     * @param forecast their mean
     * @param frequency of the event among them
     * @param low of the 95 % interval of the frequency (Wilson)
     * @param high of the same
     * @param spread what forecasts that differ inside the bin add to its Brier score, negative if they are right to differ
     */
    public record Bin(int n, double forecast, double frequency, double low, double high, double spread) {}

    public ReliabilityCurve {
        bins = List.copyOf(bins);
    }

    /** Bins of forecasts, at most {@code count}. */
    public static ReliabilityCurve of(double[] probabilities, boolean[] labels, int count) {
        Losses.require(probabilities, labels);
        if (count < 1) {
            throw new IllegalArgumentException("bins are 1 or more, was " + count);
        }
        int n = labels.length;
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> probabilities[i]));
        List<Bin> bins = new ArrayList<>();
        int from = 0;
        for (int b = 1; b <= count && from < n; b++) {
            int to = (int) ((long) n * b / count);
            while (to > 0 && to < n && probabilities[order[to]] == probabilities[order[to - 1]]) {
                to++;
            }
            if (to > from) {
                bins.add(bin(probabilities, labels, order, from, to));
                from = to;
            }
        }
        return new ReliabilityCurve(bins);
    }

    private static Bin bin(double[] probabilities, boolean[] labels, Integer[] order, int from, int to) {
        int n = to - from;
        double forecast = 0;
        double frequency = 0;
        for (int i = from; i < to; i++) {
            forecast += probabilities[order[i]] / n;
            frequency += labels[order[i]] ? 1.0 / n : 0;
        }
        double spread = 0;
        for (int i = from; i < to; i++) {
            double p = probabilities[order[i]] - forecast;
            double y = (labels[order[i]] ? 1 : 0) - frequency;
            spread += p * (p - 2 * y) / n;
        }
        double z = Z95 * Z95 / n;
        double middle = (frequency + z / 2) / (1 + z);
        double half = Z95 / (1 + z) * Math.sqrt(Math.max(0, frequency * (1 - frequency)) / n + z / (4 * n));
        return new Bin(n, forecast, frequency, Math.max(0, middle - half), Math.min(1, middle + half), spread);
    }

    public int size() {
        return bins.stream().mapToInt(Bin::n).sum();
    }

    /** Expected calibration error: the mean distance of forecast and frequency. */
    public double calibrationError() {
        double sum = 0;
        for (Bin bin : bins) {
            sum += bin.n() * Math.abs(bin.forecast() - bin.frequency());
        }
        return sum / size();
    }

    /**
     * The calibration error that a perfectly calibrated forecast would show by chance on so few instants, if they were independent: the mean of
     * {@code |N(0, p(1−p)/n)|} over the bins, {@code √(2/π · p(1−p)/n)}. An error near it is no evidence of bad calibration, and one below
     * it no merit.
     */
    public double errorByChance() {
        double sum = 0;
        for (Bin bin : bins) {
            double variance = bin.forecast() * (1 - bin.forecast()) / bin.n();
            sum += bin.n() * Math.sqrt(2 / Math.PI * variance);
        }
        return sum / size();
    }
}
