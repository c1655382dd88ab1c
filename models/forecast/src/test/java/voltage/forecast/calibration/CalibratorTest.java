package voltage.forecast.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibratorTest {
    /** Forecasts, and outcomes drawn from another probability. */
    private static final class Points {
        final double[] probabilities;
        final boolean[] labels;

        /** Outcomes have the log odds {@code slope·logit p + shift}. */
        Points(long seed, int n, double slope, double shift) {
            RandomGenerator random = random(seed);
            probabilities = new double[n];
            labels = new boolean[n];
            for (int i = 0; i < n; i++) {
                probabilities[i] = 0.02 + 0.96 * random.nextDouble();
                double truth = LogOdds.inverse(slope * LogOdds.of(probabilities[i]) + shift);
                labels[i] = random.nextDouble() < truth;
            }
        }
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static List<Calibrator> all(Points points) {
        return List.of(
                PlattCalibrator.fit(points.probabilities, points.labels),
                BetaCalibrator.fit(points.probabilities, points.labels),
                IsotonicCalibrator.fit(points.probabilities, points.labels));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void every_calibrator_is_monotone_and_stays_between_0_and_1(long seed) {
        Points points = new Points(seed, 50 + (int) seed * 300, 0.6, -0.4);
        for (Calibrator calibrator : all(points)) {
            double before = 0;
            for (int i = 0; i <= 1_000; i++) {
                double value = calibrator.calibrate(i / 1_000.0);
                assertThat(value).as("%s at %d/1000", calibrator, i).isBetween(before, 1.0);
                before = value;
            }
            assertThat(calibrator.calibrate(Double.NaN)).isNaN();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void every_calibrator_finds_a_known_distortion(long seed) {
        for (Calibrator calibrator : all(new Points(seed, 40_000, 0.7, 0.5))) {
            for (double p : new double[] {0.1, 0.3, 0.5, 0.7, 0.9}) {
                double truth = LogOdds.inverse(0.7 * LogOdds.of(p) + 0.5);
                assertThat(calibrator.calibrate(p))
                        .as("%s at %s", calibrator, p)
                        .isCloseTo(truth, within(calibrator instanceof IsotonicCalibrator ? 0.04 : 0.015));
            }
        }
    }

    @Test
    void platt_finds_its_parameters_and_beta_the_identity() {
        Points distorted = new Points(7, 100_000, 0.7, 0.5);
        PlattCalibrator platt = PlattCalibrator.fit(distorted.probabilities, distorted.labels);
        assertThat(platt.a()).isCloseTo(-0.7, within(0.02));
        assertThat(platt.b()).isCloseTo(-0.5, within(0.02));
        Points honest = new Points(8, 100_000, 1, 0);
        BetaCalibrator beta = BetaCalibrator.fit(honest.probabilities, honest.labels);
        assertThat(beta.a()).isCloseTo(1, within(0.03));
        assertThat(beta.b()).isCloseTo(1, within(0.03));
        assertThat(beta.c()).isCloseTo(0, within(0.03));
        assertThat(BetaCalibrator.IDENTITY.calibrate(0.3)).isCloseTo(0.3, within(1e-15));
        assertThat(new PlattCalibrator(-1, 0).calibrate(0.3)).isCloseTo(0.3, within(1e-15));
    }

    @Test
    void platt_uses_softened_targets_so_two_points_do_not_become_certain() {
        PlattCalibrator platt = PlattCalibrator.fit(new double[] {0.2, 0.8}, new boolean[] {false, true});
        // Targets 1/3 and 2/3 at log odds ∓ln 4 are met exactly: slope ln 2 / ln 4.
        assertThat(platt.a()).isCloseTo(-0.5, within(1e-6));
        assertThat(platt.b()).isCloseTo(0, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void beta_is_the_best_of_all_with_a_and_b_not_negative(long seed) {
        // Turned around, steep and flat samples push a or b against 0.
        Points points = new Points(seed, 150, -1 + 0.3 * seed, 0.2);
        BetaCalibrator fit = BetaCalibrator.fit(points.probabilities, points.labels);
        double best = loss(fit, points);
        RandomGenerator random = random(100 + seed);
        for (int i = 0; i < 2_000; i++) {
            double scale = i % 2 == 0 ? 0.05 : 1;
            BetaCalibrator other = new BetaCalibrator(
                    Math.max(0, fit.a() + scale * random.nextGaussian()),
                    Math.max(0, fit.b() + scale * random.nextGaussian()),
                    fit.c() + scale * random.nextGaussian());
            assertThat(loss(other, points)).isGreaterThanOrEqualTo(best - 1e-9);
        }
    }

    private static double loss(Calibrator calibrator, Points points) {
        double loss = 0;
        for (int i = 0; i < points.labels.length; i++) {
            double p = calibrator.calibrate(points.probabilities[i]);
            loss -= Math.log(points.labels[i] ? p : 1 - p) / points.labels.length;
        }
        return loss;
    }

    @Test
    void parted_points_and_points_of_one_outcome_give_finite_fits() {
        double[] probabilities = {0.1, 0.2, 0.8, 0.9};
        for (boolean[] labels : new boolean[][] {
            {false, false, true, true}, {true, true, false, false}, {true, true, true, true}, new boolean[4]
        }) {
            for (Calibrator calibrator : List.of(
                    PlattCalibrator.fit(probabilities, labels),
                    BetaCalibrator.fit(probabilities, labels),
                    IsotonicCalibrator.fit(probabilities, labels))) {
                assertThat(calibrator.calibrate(0.5)).isBetween(0.0, 1.0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void isotonic_blocks_rise_and_preserve_the_mean(long seed) {
        Points points = new Points(seed, 700 * (int) seed, 0.5, 0.3);
        for (int i = 0; i < points.labels.length; i++) {
            points.probabilities[i] = Math.round(points.probabilities[i] * 200) / 200.0;
        }
        IsotonicCalibrator.Blocks blocks = IsotonicCalibrator.pool(points.probabilities, points.labels);
        double events = 0;
        double weight = 0;
        for (int i = 0; i < blocks.weights().length; i++) {
            weight += blocks.weights()[i];
            events += blocks.weights()[i] * blocks.values()[i];
            if (i > 0) {
                assertThat(blocks.values()[i]).isGreaterThan(blocks.values()[i - 1]);
                assertThat(blocks.centres()[i]).isGreaterThan(blocks.centres()[i - 1]);
            }
        }
        int happened = 0;
        for (boolean label : points.labels) {
            happened += label ? 1 : 0;
        }
        assertThat(weight).isEqualTo(points.labels.length);
        assertThat(events).isCloseTo(happened, within(1e-6));
    }

    @Test
    void isotonic_pools_violators_interpolates_between_centres_and_clips() {
        IsotonicCalibrator isotonic = IsotonicCalibrator.fit(
                new double[] {0.6, 0.1, 0.2, 0.4, 0.9, 0.9}, new boolean[] {false, false, false, true, true, true});
        // Blocks: {0.1, 0.2} → 0, {0.4, 0.6} → ½, {0.9, 0.9} → 1; clipped to 1/8 and 7/8.
        assertThat(isotonic.centres()).containsExactly(new double[] {0.15, 0.5, 0.9}, within(1e-12));
        assertThat(isotonic.values()).containsExactly(0, 0.5, 1);
        assertThat(isotonic.calibrate(0.05)).isEqualTo(1 / 8.0);
        assertThat(isotonic.calibrate(0.5)).isCloseTo(0.5, within(1e-12));
        assertThat(isotonic.calibrate(0.6)).isCloseTo(0.625, within(1e-12));
        assertThat(isotonic.calibrate(1)).isEqualTo(7 / 8.0);
    }

    @Test
    void every_calibrator_is_read_back_from_json_as_it_was() throws IOException {
        for (Calibrator calibrator : all(new Points(3, 2_000, 0.8, 0.1))) {
            StringWriter text = new StringWriter();
            try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
                CalibratorJson.write(out, calibrator);
            }
            try (JsonParser in = new JsonFactory().createParser(text.toString())) {
                assertThat(CalibratorJson.read(in)).isEqualTo(calibrator);
                assertThat(in.nextToken()).isNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"kind\":\"magic\"}",
                "{\"kind\":\"beta\",\"a\":1,\"b\":1}",
                "{\"kind\":\"beta\",\"a\":-1,\"b\":1,\"c\":0}",
                "{\"kind\":\"beta\",\"a\":\"1\",\"b\":1,\"c\":0}",
                "{\"kind\":\"platt\",\"a\":[1,2],\"b\":1}",
                "{\"kind\":\"isotonic\",\"points\":9,\"centres\":[0.5,0.1],\"values\":[0,1]}",
                "{\"kind\":\"isotonic\",\"points\":9,\"centres\":[0.1,0.5],\"values\":[0]}",
                "{\"kind\":\"isotonic\",\"points\":9,\"centres\":[0.1,0.5"
            })
    void a_damaged_calibrator_is_refused(String text) throws IOException {
        try (JsonParser in = new JsonFactory().createParser(text)) {
            assertThatThrownBy(() -> CalibratorJson.read(in)).isInstanceOf(JsonParseException.class);
        }
    }

    @Test
    void points_without_a_forecast_are_refused() {
        assertThatThrownBy(() -> IsotonicCalibrator.fit(new double[] {0.5, Double.NaN}, new boolean[2]))
                .hasMessageContaining("number 1 was NaN")
                .hasMessageContaining("leave rows without a forecast out");
        assertThatThrownBy(() -> IsotonicCalibrator.fit(new double[0], new boolean[0]))
                .hasMessageContaining("at least one");
    }
}
