package voltage.training.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import voltage.training.measure.Interval;

/**
 * A model trained on the contract's own outcome, beside the formula that prices contracts from volatility, on made-up quarter-hour contracts of
 * the candles.
 *
 * @param contracts tested
 * @param trainedOn rows that the direct model learned from, the held-out ones among them
 * @param heldOut rows that weight and calibrator were learned on
 * @param weight of the direct model beside the formula, learned on the held-out rows
 * @param calibration whether a calibrator of the formula's probability helps, learned there as well
 * @param minutes by falling minutes to close
 * @param all minutes together; intervals are of days, so this claims no more than there is
 */
public record OutcomeReport(
        Spans spans,
        int contracts,
        int trainedOn,
        int heldOut,
        Interval weight,
        CalibratorChoice calibration,
        List<Minute> minutes,
        Minute all) {
    /** The formula under the volatility of the trained ensemble: what the engine prices with. */
    public static final String FORMULA = "ensemble";
    /** The same, calibrated by what was held out. */
    public static final String CALIBRATED = "ensembleCalibrated";
    /** Trees that learned the outcome itself. */
    public static final String DIRECT = "direct";
    /** Log pool of formula and direct model. */
    public static final String POOL = "pool";

    public OutcomeReport {
        minutes = List.copyOf(minutes);
    }

    /**
     * All figures of one minute to close, or of all.
     *
     * @param minutesToClose 14 to 1; 0 for all together
     * @param directLessFormula paired difference of Brier scores, below 0 is better, like the others
     * @param alarms names of forecasters that are better than the ideal allows: look for a leak
     */
    public record Minute(
            int minutesToClose,
            Map<String, EventEvaluation.Figures> figures,
            ContractEvaluation.Ideal ideal,
            Interval directLessFormula,
            Interval poolLessFormula,
            Interval calibratedLessFormula,
            List<String> alarms)
            implements AtMinute {
        public Minute {
            alarms = List.copyOf(alarms);
        }
    }

    /** Whether the direct model is better than the formula, as far as its interval shows. */
    public boolean isDirectBetter() {
        return all.directLessFormula().high() < 0;
    }

    /** What follows from it, in a sentence that says no more than the interval allows. */
    public String decision() {
        Interval difference = all.directLessFormula();
        String size = String.format(
                Locale.ROOT,
                "%+.5f (95 %% %+.5f to %+.5f)",
                difference.estimate(),
                difference.low(),
                difference.high());
        if (isDirectBetter()) {
            return "The model of the outcome itself is better than the formula by " + size
                    + ": the interval excludes zero, so it has earned to be served.";
        }
        return "The formula stays: the model of the outcome itself differs from it by " + size + ", "
                + (difference.excludesZero()
                        ? "which is worse."
                        : "an interval that includes zero, so nothing is claimed and it is not served.");
    }
}
