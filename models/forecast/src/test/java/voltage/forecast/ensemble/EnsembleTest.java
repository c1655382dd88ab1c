package voltage.forecast.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voltage.forecast.calibration.BetaCalibrator;
import voltage.forecast.calibration.IsotonicCalibrator;
import voltage.forecast.calibration.LogOdds;

@Timeout(60)
class EnsembleTest {
    private static final List<String> MEMBERS = List.of("lightgbm", "patchtst", "market");
    private static final double[] EVEN = {1 / 3.0, 1 / 3.0, 1 / 3.0};

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(42);
    private double[][] probabilities = {};
    private boolean[] labels = {};

    /** Members that see the truth through noise of the given deviations, in log odds. */
    private void draw(int n, double... noise) {
        probabilities = new double[n][noise.length];
        labels = new boolean[n];
        for (int i = 0; i < n; i++) {
            double truth = 1.2 * random.nextGaussian();
            labels[i] = random.nextDouble() < LogOdds.inverse(truth);
            for (int j = 0; j < noise.length; j++) {
                probabilities[i][j] = LogOdds.inverse(truth + noise[j] * random.nextGaussian());
            }
        }
    }

    private double loss(double[] weights) {
        double loss = 0;
        LogPool pool = new LogPool(MEMBERS, weights);
        for (int i = 0; i < labels.length; i++) {
            double p = pool.pool(probabilities[i]);
            loss -= Math.log(labels[i] ? p : 1 - p) / labels.length;
        }
        return loss;
    }

    private static double divergence(double[] weights, double[] prior) {
        double sum = 0;
        for (int j = 0; j < weights.length; j++) {
            sum += weights[j] == 0 ? 0 : weights[j] * Math.log(weights[j] / prior[j]);
        }
        return sum;
    }

    private double[] drawWeights() {
        double[] weights = new double[3];
        for (int j = 0; j < 3; j++) {
            weights[j] = -Math.log(1 - random.nextDouble());
        }
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(w -> w / sum).toArray();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.001, 0.1})
    void weights_stay_on_the_simplex_and_no_others_are_better(double shrinkage) {
        double[] prior = {0.5, 0.4, 0.1};
        for (double noise : new double[] {0.2, 1, 4}) {
            draw(800, 0.5, noise, 2);
            double[] weights = PoolFit.fit(MEMBERS, probabilities, labels, prior, shrinkage)
                    .weights();
            assertThat(Simplex.holds(weights, 1e-12)).isTrue();
            double best = loss(weights) + shrinkage * divergence(weights, prior);
            for (int i = 0; i < 200; i++) {
                double[] other = drawWeights();
                assertThat(loss(other) + shrinkage * divergence(other, prior)).isGreaterThanOrEqualTo(best - 2e-9);
            }
        }
    }

    @Test
    void a_member_that_is_all_noise_keeps_no_weight_and_the_better_one_the_more() {
        draw(20_000, 0.3, 0.9, 0);
        for (int i = 0; i < labels.length; i++) {
            probabilities[i][2] = 0.02 + 0.96 * random.nextDouble();
        }
        double[] weights = PoolFit.fit(MEMBERS, probabilities, labels, EVEN, 0).weights();
        assertThat(weights[0]).isGreaterThan(2 * weights[1]);
        assertThat(weights[1]).isPositive();
        assertThat(weights[2]).isLessThan(0.04);
    }

    @Test
    void models_that_know_less_than_the_market_keep_little_beside_it() {
        draw(20_000, 1.5, 1.5, 0);
        LogPool pool = PoolFit.fit(MEMBERS, probabilities, labels, EVEN, 0);
        assertThat(pool.weightBeside("market")).isLessThan(0.05);
        assertThat(pool.weightBeside("lightgbm")).isGreaterThan(0.95);
        assertThatThrownBy(() -> pool.weightBeside("oracle")).hasMessageContaining("was oracle");
    }

    @Test
    void shrinkage_draws_the_weights_to_the_prior() {
        draw(500, 0.2, 2, 3);
        double[] prior = {0.2, 0.3, 0.5};
        double free =
                divergence(PoolFit.fit(MEMBERS, probabilities, labels, prior, 0).weights(), prior);
        double some = divergence(
                PoolFit.fit(MEMBERS, probabilities, labels, prior, 0.05).weights(), prior);
        double much = divergence(
                PoolFit.fit(MEMBERS, probabilities, labels, prior, 1e6).weights(), prior);
        assertThat(free).isGreaterThan(some);
        assertThat(some).isGreaterThan(much);
        assertThat(much).isCloseTo(0, within(1e-9));
    }

    @Test
    void pooling_is_in_log_odds_and_a_missing_member_is_not_passed_over() {
        LogPool pool = new LogPool(MEMBERS, new double[] {0.5, 0.5, 0});
        assertThat(pool.pool(new double[] {0.8, 0.8, 0.1})).isCloseTo(0.8, within(1e-12));
        assertThat(pool.pool(new double[] {0.9, 0.1, 0.1})).isCloseTo(0.5, within(1e-12));
        assertThat(pool.pool(new double[] {0.5, 1, 0.1})).isLessThan(1);
        assertThat(pool.pool(new double[] {0.5, Double.NaN, 0.1})).isNaN();
        assertThat(pool.pool(new double[] {0.5, 0.5, Double.NaN}))
                .as("one without a weight may be missing")
                .isEqualTo(0.5);
        assertThat(new Ensemble(pool, BetaCalibrator.IDENTITY).probability(new double[] {Double.NaN, 0.5, 0.5}))
                .isNaN();
    }

    /** Weights first, isotonic calibration of the pooled score second. */
    private static Ensemble fitted(
            List<String> members, double[][] probabilities, boolean[] labels, double[] prior, double shrinkage) {
        LogPool pool = PoolFit.fit(members, probabilities, labels, prior, shrinkage);
        double[] pooled = Arrays.stream(probabilities).mapToDouble(pool::pool).toArray();
        return new Ensemble(pool, IsotonicCalibrator.fit(pooled, labels));
    }

    @Test
    void the_calibrator_mends_a_pool_of_independent_members_that_is_too_timid() {
        // Each sees one half of the truth, so the truth is their sum and the pool only the mean.
        int n = 4_000;
        double[][] seen = new double[n][2];
        boolean[] happened = new boolean[n];
        for (int i = 0; i < n; i++) {
            double first = random.nextGaussian();
            double second = random.nextGaussian();
            seen[i] = new double[] {LogOdds.inverse(first), LogOdds.inverse(second)};
            happened[i] = random.nextDouble() < LogOdds.inverse(first + second);
        }
        Ensemble ensemble = fitted(List.of("a", "b"), seen, happened, new double[] {0.5, 0.5}, 0);
        double[] both = {LogOdds.inverse(1), LogOdds.inverse(1)};
        assertThat(ensemble.pool().pool(both)).isCloseTo(LogOdds.inverse(1), within(0.01));
        assertThat(ensemble.probability(both)).isCloseTo(LogOdds.inverse(2), within(0.06));
    }

    @Test
    void an_ensemble_is_read_back_from_json_as_it_was() throws IOException {
        draw(1_500, 0.5, 1, 1);
        Ensemble ensemble = fitted(MEMBERS, probabilities, labels, EVEN, 0.001);
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            ensemble.write(out);
        }
        try (JsonParser in = new JsonFactory().createParser(text.toString())) {
            assertThat(Ensemble.read(in)).isEqualTo(ensemble);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"members\":[]}",
                "{\"members\":[{\"name\":\"a\"}],\"calibrator\":{\"kind\":\"beta\",\"a\":1,\"b\":1,\"c\":0}}",
                "{\"members\":[{\"name\":\"a\",\"weight\":0.5}],\"calibrator\":{\"kind\":\"beta\",\"a\":1,\"b\":1,\"c\":0}}",
                "{\"members\":[{\"weight\":1}],\"calibrator\":{\"kind\":\"beta\",\"a\":1,\"b\":1,\"c\":0}}",
                "{\"members\":[{\"name\":\"a\",\"weight\":1}]}",
                "{\"other\":1}"
            })
    void a_damaged_ensemble_is_refused(String text) throws IOException {
        try (JsonParser in = new JsonFactory().createParser(text)) {
            assertThatThrownBy(() -> Ensemble.read(in)).isInstanceOf(JsonParseException.class);
        }
    }

    @Test
    void rows_with_a_missing_member_and_weights_off_the_simplex_are_refused() {
        assertThatThrownBy(() ->
                        PoolFit.fit(MEMBERS, new double[][] {{0.5, Double.NaN, 0.5}}, new boolean[] {true}, EVEN, 0))
                .hasMessageContaining("row 0, patchtst")
                .hasMessageContaining("leave rows with a missing member out");
        assertThatThrownBy(() -> new LogPool(MEMBERS, new double[] {0.5, 0.6, -0.1}))
                .hasMessageContaining("-0.1");
        assertThatThrownBy(() -> new LogPool(List.of("a", "a"), new double[] {0.5, 0.5}))
                .hasMessageContaining("different names");
    }
}
