package voltage.forecast.calibration;

/**
 * A monotone map from a forecast probability to a calibrated one. Fitted only on data later than what the forecaster was trained on: on
 * its own training data a model looks better calibrated than it is.
 */
public sealed interface Calibrator permits PlattCalibrator, BetaCalibrator, IsotonicCalibrator {
    /** Points from which isotonic regression is trusted; below, its steps follow the noise. */
    int ISOTONIC_FROM = 1_000;

    /**
     * The calibrated probability; allocates nothing.
     *
     * @param probability 0 to 1; NaN gives NaN
     */
    double calibrate(double probability);
}
