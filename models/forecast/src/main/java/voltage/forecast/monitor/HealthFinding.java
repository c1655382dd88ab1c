package voltage.forecast.monitor;

/**
 * Something about the forecasts that an operator should know.
 *
 * @param value what was found
 * @param threshold what it was compared with
 * @param n observations that it rests on
 * @param words for the operator, numbers with their units
 */
public record HealthFinding(Severity severity, Check check, double value, double threshold, int n, String words) {
    public enum Severity {
        /** Worth a look. */
        WARNING,
        /** Entries should stop until somebody has understood it. */
        STOP
    }

    /** What was checked. */
    public enum Check {
        /** Expected calibration error above what chance makes of it. */
        CALIBRATION_ERROR,
        /** Slope and intercept of the calibration line. */
        CALIBRATION_LINE,
        /** Our difference to the market's price points the wrong way. */
        EDGE_INFORMATION,
        /** The forecast's rank correlation with the outcome has fallen. */
        INFORMATION_FALL,
        /** Fewer trades were paid than their probabilities promised. */
        WIN_RATE,
        /** The Sharpe ratio of trades has fallen. */
        SHARPE_RATIO,
        /** Our Brier score has worsened against the market's. */
        BRIER_DRIFT,
        /** Our Brier score is worse than the market's. */
        BRIER_LEVEL
    }
}
