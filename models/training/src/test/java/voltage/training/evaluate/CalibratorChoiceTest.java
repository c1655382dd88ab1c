package voltage.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import voltage.forecast.calibration.BetaCalibrator;
import voltage.forecast.calibration.Calibrator;
import voltage.forecast.calibration.IsotonicCalibrator;

class CalibratorChoiceTest {
    /** Rows in stretches of 15 with one score and one outcome, as neighbouring minutes have; the truth is a function of the score. */
    private static Calibrator choose(int stretches, DoubleUnaryOperator truth) {
        SplittableRandom random = new SplittableRandom(5);
        double[] pooled = new double[15 * stretches];
        boolean[] labels = new boolean[pooled.length];
        for (int s = 0; s < stretches; s++) {
            double score = 0.02 + 0.96 * random.nextDouble();
            boolean happened = random.nextDouble() < truth.applyAsDouble(score);
            for (int i = 15 * s; i < 15 * (s + 1); i++) {
                pooled[i] = score;
                labels[i] = happened;
            }
        }
        return CalibratorChoice.of(pooled, labels, 75);
    }

    @Test
    void scores_that_are_right_are_left_as_they_are_however_many_rows_repeat_them() {
        assertThat(choose(300, score -> score)).isEqualTo(BetaCalibrator.IDENTITY);
    }

    @Test
    void scores_that_are_bent_smoothly_are_bent_back() {
        Calibrator chosen = choose(4_000, score -> score * score);
        assertThat(chosen).isNotEqualTo(BetaCalibrator.IDENTITY);
        assertThat(chosen.calibrate(0.5)).isCloseTo(0.25, within(0.05));
    }

    @Test
    void a_step_that_no_smooth_curve_follows_is_isotonic() {
        assertThat(choose(4_000, score -> score < 0.3 ? 0.05 : score < 0.7 ? 0.5 : 0.55))
                .isInstanceOf(IsotonicCalibrator.class);
    }
}
