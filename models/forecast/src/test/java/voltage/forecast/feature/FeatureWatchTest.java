package voltage.forecast.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import voltage.forecast.feature.FeatureFinding.Kind;
import voltage.forecast.feature.FeatureFinding.Level;

class FeatureWatchTest {
    private static final FeatureSet FOURTEEN =
            new FeatureSet("fourteen-1", List.of(Feature.values()).subList(0, 14));
    private static final FeatureSet ONE = new FeatureSet("one-1", List.of(Feature.RETURN_5M));

    private static double[][] rows(long seed, int columns, int count) {
        Random random = new Random(seed);
        double[][] rows = new double[count][columns];
        for (double[] row : rows) {
            for (int i = 0; i < columns; i++) {
                row[i] = random.nextGaussian();
            }
        }
        return rows;
    }

    private static FeatureWatch watched(FeatureWatch watch, double[][] rows) {
        for (double[] row : rows) {
            watch.observe(row);
        }
        return watch;
    }

    @Test
    void incident_21_two_of_fourteen_features_always_null_for_754_rows_block_training() {
        double[][] rows = rows(1, 14, 754);
        assertThatCode(() -> FeatureWatch.requireTrainable(FOURTEEN, rows)).doesNotThrowAnyException();
        for (double[] row : rows) {
            row[3] = Double.NaN;
            row[11] = Double.NaN;
        }
        assertThatThrownBy(() -> FeatureWatch.requireTrainable(FOURTEEN, rows))
                .isInstanceOf(UntrainableFeaturesException.class)
                .hasMessageContaining("log_parkinson_4h is there in 0.0 % of 754 rows, 95.0 % is normal")
                .hasMessageContaining("volume_z_20m is there in 0.0 % of 754 rows");
    }

    @Test
    void incident_21_a_constant_feature_is_an_alert_and_blocks_training() {
        double[][] rows = rows(2, 14, 200);
        for (double[] row : rows) {
            row[8] = 0.5;
        }
        FeatureWatch watch = watched(new FeatureWatch(FOURTEEN), rows);

        assertThat(watch.findings())
                .containsExactly(new FeatureFinding(Feature.RETURN_5M, Kind.CONSTANT, Level.ALERT, 1, 0.5, 200));
        assertThat(watch.findings().getFirst().blocksTraining()).isTrue();
        assertThatThrownBy(() -> FeatureWatch.requireTrainable(FOURTEEN, rows))
                .hasMessageContaining(
                        "return_5m repeats the value before in 100.0 % of 200 rows, at most 50.0 % is normal");
    }

    @Test
    void a_few_missing_values_are_normal_some_are_noted_and_many_are_an_alert() {
        assertThat(withMissing(2).findings()).isEmpty();
        assertThat(withMissing(3).findings()).extracting(FeatureFinding::level).containsExactly(Level.NOTE);
        assertThat(withMissing(3).findings().getFirst().blocksTraining()).isFalse();
        assertThat(withMissing(6).findings()).extracting(FeatureFinding::level).containsExactly(Level.ALERT);
        assertThat(withMissing(6).coverage(0)).isEqualTo(0.94);
    }

    private static FeatureWatch withMissing(int missing) {
        double[][] rows = rows(3, 1, 100);
        for (int i = 0; i < missing; i++) {
            rows[i * 7][0] = Double.NaN;
        }
        return watched(new FeatureWatch(ONE), rows);
    }

    @Test
    void a_share_of_jumps_that_is_often_zero_is_normal_and_one_that_always_is_is_not() {
        FeatureSet jumps = new FeatureSet("jumps-1", List.of(Feature.JUMP_SHARE_1H));
        double[][] rows = new double[200][1];
        assertThat(watched(new FeatureWatch(jumps), rows).findings())
                .extracting(FeatureFinding::kind)
                .containsExactly(Kind.CONSTANT);
        for (int i = 0; i < 200; i += 10) {
            rows[i][0] = i;
        }
        assertThat(watched(new FeatureWatch(jumps), rows).findings()).isEmpty();
    }

    @Test
    void the_calendar_may_stand_still() {
        FeatureSet calendar = new FeatureSet("calendar-1", List.of(Feature.WEEKDAY_SIN));

        assertThat(watched(new FeatureWatch(calendar), new double[500][1]).findings())
                .isEmpty();
    }

    @Test
    void of_fewer_than_thirty_rows_nothing_is_said_and_nothing_trained() {
        assertThat(watched(new FeatureWatch(ONE), new double[29][1]).findings()).isEmpty();
        assertThatThrownBy(() -> FeatureWatch.requireTrainable(ONE, new double[29][1]))
                .hasMessageContaining("was 29");
    }

    @Test
    void a_feature_that_moved_by_one_deviation_is_an_alert_and_blocks_no_training() {
        List<FeatureReference> references = FeatureReference.of(ONE, rows(4, 1, 5000), 15);
        double[][] moved = rows(5, 1, 2000);
        FeatureWatch same = watched(new FeatureWatch(ONE, references, 15), moved);
        assertThat(same.findings()).isEmpty();
        for (double[] row : moved) {
            row[0] += 1;
        }
        FeatureWatch shifted = watched(new FeatureWatch(ONE, references, 15), moved);

        // Two normal distributions one deviation apart have an index of 1; ten bins see most of it.
        assertThat(shifted.stability(0)).isBetween(0.8, 1.1);
        FeatureFinding finding = shifted.findings().getFirst();
        assertThat(finding.kind()).isEqualTo(Kind.DRIFTED);
        assertThat(finding.level()).isEqualTo(Level.ALERT);
        assertThat(finding.blocksTraining()).isFalse();
        assertThat(finding.text()).contains("return_5m has a population stability index of", "up to 0.250");
    }

    @Test
    void a_small_move_is_a_note() {
        List<FeatureReference> references = FeatureReference.of(ONE, rows(4, 1, 5000), 15);
        double[][] moved = rows(5, 1, 5000);
        for (double[] row : moved) {
            row[0] += 0.42;
        }
        assertThat(watched(new FeatureWatch(ONE, references, 15), moved).findings())
                .extracting(FeatureFinding::level)
                .containsExactly(Level.NOTE);
    }

    @Test
    void rows_that_share_their_minutes_count_once() {
        FeatureSet day = new FeatureSet("day-1", List.of(Feature.LOG_PARKINSON_24H));
        List<FeatureReference> references = FeatureReference.of(day, rows(4, 1, 144_000), 1);
        assertThat(references.get(0).effectiveRows()).isCloseTo(100, within(1e-9));
        double[][] moved = rows(5, 1, 30 * 1440);
        for (double[] row : moved) {
            row[0] += 1;
        }
        // An index of 1 is less than chance over 30 days against 100: 27.877 (1/30 + 1/100) = 1.21.
        FeatureWatch watch = watched(new FeatureWatch(day, references, 1), moved);
        assertThat(watch.findings()).extracting(FeatureFinding::level).containsExactly(Level.NOTE);
        assertThat(PopulationStability.alertAbove(10, 30, 100)).isCloseTo(1.208, within(1e-3));
    }

    @Test
    void of_fewer_than_thirty_known_or_effective_rows_neither_constancy_nor_drift_is_judged() {
        double[][] rows = new double[40][1];
        for (int i = 0; i < 11; i++) {
            rows[i][0] = Double.NaN;
        }
        assertThat(watched(new FeatureWatch(ONE), rows).findings())
                .extracting(FeatureFinding::kind)
                .containsExactly(Kind.MISSING);

        double[][] moved = rows(5, 1, 100);
        for (double[] row : moved) {
            row[0] += 50;
        }
        List<FeatureReference> many = FeatureReference.of(ONE, rows(4, 1, 1000), 5);
        List<FeatureReference> few = FeatureReference.of(ONE, rows(4, 1, 29), 5);
        assertThat(watched(new FeatureWatch(ONE, many, 1), moved).findings()).isEmpty();
        assertThat(watched(new FeatureWatch(ONE, few, 5), moved).findings()).isEmpty();
        assertThat(watched(new FeatureWatch(ONE, many, 5), moved).findings())
                .extracting(FeatureFinding::kind)
                .containsExactly(Kind.DRIFTED);
    }

    @Test
    void the_index_is_its_formula() {
        // (0.6 − 0.5) ln 1.2 + (0.4 − 0.5) ln 0.8
        assertThat(PopulationStability.index(new double[] {0.6, 0.4}, new double[] {0.5, 0.5}))
                .isCloseTo(0.1 * Math.log(1.2) - 0.1 * Math.log(0.8), within(1e-15));
        // An empty bin counts as 1e-4.
        assertThat(PopulationStability.index(new double[] {1, 0}, new double[] {0.5, 0.5}))
                .isCloseTo(0.5 * Math.log(2) - 0.4999 * Math.log(2e-4), within(1e-12));
        assertThat(PopulationStability.index(new double[] {0.3, 0.7}, new double[] {0.3, 0.7}))
                .isZero();
        assertThatThrownBy(() -> PopulationStability.index(new double[1], new double[2]))
                .hasMessageContaining("was 1 and 2");
    }

    @Test
    void without_drift_the_index_is_spread_like_chi_square_over_the_sampling_scale() {
        Random random = new Random(6);
        int trials = 400;
        int beyond = 0;
        double mean = 0;
        for (int trial = 0; trial < trials; trial++) {
            List<FeatureReference> references = FeatureReference.of(ONE, rows(random.nextLong(), 1, 1000), 15);
            FeatureWatch watch = watched(new FeatureWatch(ONE, references, 15), rows(random.nextLong(), 1, 500));
            mean += watch.stability(0) / trials;
            beyond += watch.stability(0) > 16.919 * (1.0 / 1000 + 1.0 / 500) ? 1 : 0;
        }
        assertThat(mean).isCloseTo(9 * (1.0 / 1000 + 1.0 / 500), within(2e-3));
        assertThat(beyond / (double) trials).isBetween(0.02, 0.09);
    }

    @Test
    void equal_values_make_fewer_bins_and_one_bin_does_not_drift() {
        double[][] rows = rows(7, 1, 1000);
        for (int i = 0; i < 1000; i++) {
            rows[i][0] = i % 2 == 0 ? 0 : Math.abs(rows[i][0]);
        }
        FeatureReference half = FeatureReference.of(ONE, rows, 15).get(0);
        assertThat(half.shares()).hasSize(6);
        assertThat(half.shares()[0]).isCloseTo(0.5, within(1e-9));
        FeatureReference constant =
                FeatureReference.of(ONE, new double[100][1], 15).get(0);
        assertThat(constant.shares()).containsExactly(1.0);
        assertThat(PopulationStability.noteAbove(1, 100, 100)).isNaN();
        assertThat(watched(new FeatureWatch(ONE, List.of(constant), 15), rows(8, 1, 100))
                        .findings())
                .isEmpty();
    }

    @Test
    void a_reference_without_values_says_nothing_of_drift() {
        double[][] missing = rows(9, 1, 100);
        for (double[] row : missing) {
            row[0] = Double.NaN;
        }
        List<FeatureReference> none = FeatureReference.of(ONE, missing, 15);
        FeatureWatch watch = watched(new FeatureWatch(ONE, none, 15), rows(10, 1, 100));
        assertThat(none.get(0).effectiveRows()).isZero();
        assertThat(watch.stability(0)).isNaN();
        assertThat(watch.findings()).isEmpty();
    }

    @Test
    void vectors_are_watched_like_rows_and_only_those_of_the_set() {
        FeatureWatch watch = new FeatureWatch(ONE);
        for (int i = 0; i < 40; i++) {
            watch.observe(new FeatureVector(ONE, 5, new double[] {0.25}, new long[] {5}));
        }
        assertThat(watch.rows()).isEqualTo(40);
        assertThat(watch.constancy(0)).isEqualTo(1);
        assertThat(new FeatureWatch(ONE).constancy(0)).isNaN();
        assertThatThrownBy(() -> watch.observe(new MinuteFeatures(FeatureSet.CANDLES).at(RandomMinutes.START)))
                .hasMessageContaining("one-1, was candles-1");
        assertThatThrownBy(() -> new FeatureWatch(
                        ONE,
                        FeatureReference.of(new FeatureSet("x", List.of(Feature.HOUR_SIN)), new double[1][1], 1),
                        1))
                .hasMessageContaining("in order, was [hour_sin]");
    }
}
