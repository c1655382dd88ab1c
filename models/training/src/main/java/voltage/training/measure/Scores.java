package voltage.training.measure;

import java.util.Arrays;
import java.util.Comparator;
import voltage.forecast.calibration.LogOdds;
import voltage.forecast.calibration.LogisticRegression;

/**
 * How good a set of forecasts was.
 *
 * @param n forecasts
 * @param baseRate share of events
 * @param logLoss in nats, probabilities clipped at 1e-3
 * @param auc chance that an event was forecast higher than a non-event, ties half; NaN if there was but one outcome
 * @param ece expected calibration error over bins of equal mass
 * @param slope of the outcome's log odds on the forecast's: 1 is calibrated, less is overconfident; NaN for one outcome or a constant forecast
 * @param intercept of the same; 0 is calibrated
 */
public record Scores(
        int n,
        double baseRate,
        double brier,
        double logLoss,
        double auc,
        double ece,
        double slope,
        double intercept,
        Murphy parts,
        ReliabilityCurve curve) {
    /** Bins that ECE and the curve use unless told. */
    public static final int USUAL_BINS = 10;

    public static Scores of(double[] probabilities, boolean[] labels) {
        return of(probabilities, labels, USUAL_BINS);
    }

    public static Scores of(double[] probabilities, boolean[] labels, int bins) {
        ReliabilityCurve curve = ReliabilityCurve.of(probabilities, labels, bins);
        int events = 0;
        for (boolean label : labels) {
            events += label ? 1 : 0;
        }
        double[] line = calibrationLine(probabilities, labels, events);
        return new Scores(
                labels.length,
                (double) events / labels.length,
                Losses.mean(Losses.brier(probabilities, labels)),
                Losses.mean(Losses.log(probabilities, labels)),
                auc(probabilities, labels),
                curve.calibrationError(),
                line[1],
                line[0],
                Murphy.of(curve),
                curve);
    }

    private static double[] calibrationLine(double[] probabilities, boolean[] labels, int events) {
        double[] scores = new double[labels.length];
        double[] targets = new double[labels.length];
        boolean varies = false;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = LogOdds.of(probabilities[i]);
            targets[i] = labels[i] ? 1 : 0;
            varies |= scores[i] != scores[0];
        }
        if (!varies || events == 0 || events == labels.length) {
            return new double[] {Double.NaN, Double.NaN};
        }
        return LogisticRegression.fit(new double[][] {scores}, targets);
    }

    /** Area under the ROC curve, by ranks. */
    public static double auc(double[] probabilities, boolean[] labels) {
        Losses.require(probabilities, labels);
        int n = labels.length;
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> probabilities[i]));
        double ranks = 0;
        long events = 0;
        for (int i = 0; i < n; ) {
            int to = i;
            int here = 0;
            for (; to < n && probabilities[order[to]] == probabilities[order[i]]; to++) {
                here += labels[order[to]] ? 1 : 0;
            }
            ranks += here * (i + 1 + to) / 2.0;
            events += here;
            i = to;
        }
        long others = n - events;
        return events == 0 || others == 0
                ? Double.NaN
                : (ranks - events * (events + 1) / 2.0) / ((double) events * others);
    }

    /** Standard error of the AUC of a forecast without skill. */
    public static double aucErrorWithoutSkill(long events, long others) {
        return Math.sqrt((events + others + 1.0) / (12.0 * events * others));
    }
}
