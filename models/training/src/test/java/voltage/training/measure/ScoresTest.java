package voltage.training.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voltage.forecast.calibration.LogOdds;
import voltage.training.measure.ReliabilityCurve.Bin;

class ScoresTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void murphys_parts_add_up_to_the_brier_score_for_any_bins(long seed) {
        for (int steps : new int[] {0, 1, 7, 50}) {
            SeededForecasts forecasts = new SeededForecasts(seed, 500 * (int) seed, steps);
            for (int bins : new int[] {1, 3, 10, 40}) {
                Scores scores = Scores.of(forecasts.probabilities, forecasts.labels, bins);
                assertThat(scores.parts().brier()).isCloseTo(scores.brier(), within(1e-12));
                assertThat(scores.parts().reliability()).isNotNegative();
                assertThat(scores.parts().resolution())
                        .isBetween(0.0, scores.parts().uncertainty() + 1e-12);
            }
        }
    }

    @Test
    void with_one_forecast_a_bin_nothing_is_left_within_bins() {
        SeededForecasts forecasts = new SeededForecasts(1, 5_000, 5);
        Murphy parts = Scores.of(forecasts.probabilities, forecasts.labels, 5).parts();
        assertThat(parts.withinBins()).isCloseTo(0, within(1e-15));
        assertThat(parts.reliability() - parts.resolution() + parts.uncertainty())
                .isCloseTo(Losses.mean(Losses.brier(forecasts.probabilities, forecasts.labels)), within(1e-12));
    }

    @Test
    void scores_of_four_forecasts_are_those_of_paper_and_pencil() {
        Scores scores = Scores.of(new double[] {0.1, 0.4, 0.6, 1}, new boolean[] {false, true, false, true}, 2);
        assertThat(scores.brier()).isCloseTo((0.01 + 0.36 + 0.36 + 0) / 4, within(1e-15));
        assertThat(scores.logLoss())
                .isCloseTo(-(Math.log(0.9) + Math.log(0.4) + Math.log(0.4) + Math.log(0.999)) / 4, within(1e-12));
        assertThat(scores.auc()).isEqualTo(0.75);
        assertThat(scores.ece()).isCloseTo((0.25 + 0.3) / 2, within(1e-15));
        assertThat(scores.baseRate()).isEqualTo(0.5);
        assertThat(scores.n()).isEqualTo(4);
        assertThat(Scores.auc(new double[] {0.5, 0.5, 0.5, 0.7}, new boolean[] {true, false, false, false}))
                .as("ties count half")
                .isCloseTo(1.0 / 3, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shuffled_labels_have_an_auc_of_one_half_within_two_standard_errors(long seed) {
        SeededForecasts forecasts = new SeededForecasts(seed, 4_000, 0);
        SplittableRandom random = new SplittableRandom(1_000 + seed);
        boolean[] labels = forecasts.labels.clone();
        for (int i = labels.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            boolean label = labels[i];
            labels[i] = labels[other];
            labels[other] = label;
        }
        int events = 0;
        for (boolean label : labels) {
            events += label ? 1 : 0;
        }
        double error = Scores.aucErrorWithoutSkill(events, labels.length - events);
        assertThat(error).isBetween(0.008, 0.01);
        assertThat(Scores.auc(forecasts.probabilities, labels)).isCloseTo(0.5, within(2 * error));
        assertThat(Scores.auc(forecasts.probabilities, forecasts.labels)).isCloseTo(5.0 / 6, within(0.03));
    }

    @Test
    void calibrated_forecasts_have_slope_1_and_intercept_0_and_overconfident_ones_less() {
        SeededForecasts forecasts = new SeededForecasts(9, 50_000, 0);
        Scores honest = Scores.of(forecasts.probabilities, forecasts.labels);
        assertThat(honest.slope()).isCloseTo(1, within(0.03));
        assertThat(honest.intercept()).isCloseTo(0, within(0.03));
        assertThat(honest.ece()).isLessThan(0.015);
        double[] loud = Arrays.stream(forecasts.probabilities)
                .map(p -> LogOdds.inverse(2 * LogOdds.of(p)))
                .toArray();
        Scores overconfident = Scores.of(loud, forecasts.labels);
        assertThat(overconfident.slope()).isCloseTo(0.5, within(0.03));
        assertThat(overconfident.ece()).isGreaterThan(0.05);
        assertThat(overconfident.auc()).isEqualTo(honest.auc());
    }

    @Test
    void bins_are_of_equal_mass_keep_equal_forecasts_together_and_have_intervals() {
        SeededForecasts forecasts = new SeededForecasts(4, 10_003, 0);
        ReliabilityCurve curve = ReliabilityCurve.of(forecasts.probabilities, forecasts.labels, 10);
        assertThat(curve.size()).isEqualTo(10_003);
        assertThat(curve.bins()).hasSize(10).allSatisfy(bin -> {
            assertThat(bin.n()).isBetween(1_000, 1_001);
            assertThat(bin.frequency()).isBetween(bin.low(), bin.high());
        });
        assertThat(curve.bins()).isSortedAccordingTo(java.util.Comparator.comparingDouble(Bin::forecast));
        double[] constant = new double[100];
        Arrays.fill(constant, 0.3);
        boolean[] labels = new boolean[100];
        Arrays.fill(labels, 0, 30, true);
        Scores climatology = Scores.of(constant, labels);
        assertThat(climatology.curve().bins()).hasSize(1);
        assertThat(climatology.ece()).isCloseTo(0, within(1e-12));
        assertThat(climatology.auc()).isEqualTo(0.5);
        assertThat(climatology.slope()).isNaN();
    }

    @Test
    void missing_forecasts_are_refused_with_the_remedy() {
        assertThatThrownBy(() -> Scores.of(new double[] {0.2, Double.NaN}, new boolean[2]))
                .hasMessageContaining("number 1 was NaN")
                .hasMessageContaining("instants that all of them forecast");
    }
}
