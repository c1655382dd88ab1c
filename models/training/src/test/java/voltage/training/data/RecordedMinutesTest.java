package voltage.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.forecast.HarVolatility.Coefficients;
import voltage.forecast.event.EventVolatility;
import voltage.forecast.event.StudentT;
import voltage.forecast.event.Tail;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.feature.Feature;
import voltage.forecast.feature.FeatureFinding;
import voltage.forecast.feature.FeatureSet;
import voltage.forecast.feature.FeatureWatch;

/** The features on recorded minutes reach the figures that were measured there before by other code. */
@Timeout(120)
class RecordedMinutesTest {
    private static final List<VolatilityEvent> TARGETS =
            VolatilityEvent.grid(List.of(5, 15, 60), List.of(10, 15, 20, 30));
    private static final Feature[] HAR = {
        Feature.LOG_PARKINSON_5M,
        Feature.LOG_PARKINSON_15M,
        Feature.LOG_PARKINSON_1H,
        Feature.LOG_PARKINSON_4H,
        Feature.LOG_PARKINSON_24H
    };
    /** With the times of day and the minutes of the hour. */
    private static final Feature[] MORE = {
        Feature.LOG_PARKINSON_5M,
        Feature.LOG_PARKINSON_15M,
        Feature.LOG_PARKINSON_1H,
        Feature.LOG_PARKINSON_4H,
        Feature.LOG_PARKINSON_24H,
        Feature.LOG_DIURNAL_NEXT_15M,
        Feature.LOG_DIURNAL_SHIFT_1H,
        Feature.LOG_MINUTE_NEXT_15M,
        Feature.LOG_MINUTE_SHIFT_5M
    };

    /** 2026-02-01T00:00Z: between the second stretch of candles and the third. */
    private static final long TEST_BEGINS = 1_769_904_000_000_000_000L;

    private static CandleFolder folder;
    private static Dataset minutes;

    @BeforeAll
    static void build() {
        String shared = System.getProperty("voltage.shared");
        Path data = Path.of(shared == null ? "absent" : shared, "data");
        Assumptions.assumeTrue(Files.isDirectory(data.resolve("btc_1m")), "not run: ../shared/data is absent");
        folder = new CandleFolder(data);
        minutes = DatasetBuilder.build(folder, FeatureSet.CANDLES, Cadence.MINUTE, TARGETS);
    }

    private static int[] quarters(Dataset dataset, int offset) {
        return IntStream.range(0, dataset.size())
                .filter(row -> dataset.atNanos(row) / Minutes.MINUTE % 15 == offset)
                .toArray();
    }

    private static double[] columns(Dataset dataset, int row, Feature... features) {
        return Arrays.stream(features)
                .mapToDouble(feature -> dataset.row(row)[FeatureSet.CANDLES.indexOf(feature)])
                .toArray();
    }

    private static double rSquared(Dataset dataset, int offset, double[] weights, Feature... features) {
        double residual = 0;
        double squares = 0;
        double total = 0;
        int n = 0;
        for (int row : quarters(dataset, offset)) {
            double y = Math.log(dataset.forwardVariance(15, row));
            double predicted = LeastSquares.predict(weights, columns(dataset, row, features));
            if (Double.isFinite(y) && Double.isFinite(predicted)) {
                residual += (y - predicted) * (y - predicted);
                squares += y * y;
                total += y;
                n++;
            }
        }
        return 1 - residual / (squares - total * total / n);
    }

    private static double[] fit(Dataset dataset, Feature... features) {
        LeastSquares fit = new LeastSquares(features.length);
        for (int row = 0; row < dataset.size(); row += 3) {
            double y = Math.log(dataset.forwardVariance(15, row));
            double[] x = columns(dataset, row, features);
            if (Double.isFinite(y) && Arrays.stream(x).allMatch(Double::isFinite)) {
                fit.add(x, y);
            }
        }
        return fit.solve();
    }

    @Test
    void every_recorded_minute_is_taken() {
        assertThat(folder.files()).hasSize(3);
        assertThat(minutes.size()).isEqualTo(130_708 + 63_643 + 126_297);
    }

    @Test
    void the_fitted_autoregression_explains_what_its_javadoc_states() {
        double[] weights = new double[6];
        weights[0] = Coefficients.FITTED.intercept();
        System.arraycopy(Coefficients.FITTED.weights(), 0, weights, 1, 5);
        Dataset test = minutes.between(TEST_BEGINS, Long.MAX_VALUE);

        // Where HarFitTest looks, and at the quarter-hours, of whose bursts the autoregression does not know.
        assertThat(rSquared(test, 3, weights, HAR)).isCloseTo(0.5899, within(5e-4));
        assertThat(rSquared(test, 0, weights, HAR)).isCloseTo(0.5776, within(5e-4));
    }

    @Test
    void the_times_of_day_and_the_minutes_of_the_hour_add_to_it() {
        Dataset training = minutes.between(Long.MIN_VALUE, TEST_BEGINS);
        Dataset test = minutes.between(TEST_BEGINS, Long.MAX_VALUE);
        double plain = rSquared(test, 0, fit(training, HAR), HAR);
        double refined = rSquared(test, 0, fit(training, MORE), MORE);

        assertThat(plain).isCloseTo(0.5777, within(5e-4));
        assertThat(refined).isCloseTo(0.5981, within(5e-4));
    }

    /** Brier score of an event's probability under a forecast of log variance, at the quarter-hours. */
    private static double brier(
            Dataset dataset, VolatilityEvent event, Tail tail, double[] weights, double spread, Feature... features) {
        EventVolatility events = new EventVolatility(tail);
        double sum = 0;
        int n = 0;
        for (int row : quarters(dataset, 0)) {
            double logVariance = LeastSquares.predict(weights, columns(dataset, row, features)) + spread / 2;
            double p = events.probability(event, Math.sqrt(Math.exp(logVariance) / 60));
            int label = dataset.label(event, row);
            if (label != Dataset.UNKNOWN && Double.isFinite(p)) {
                sum += (p - label) * (p - label);
                n++;
            }
        }
        return sum / n;
    }

    @Test
    void fat_tails_and_the_times_of_day_each_make_a_volatility_a_better_probability() {
        Dataset training = minutes.between(Long.MIN_VALUE, TEST_BEGINS);
        Dataset test = minutes.between(TEST_BEGINS, Long.MAX_VALUE);
        double[] har = fit(training, HAR);
        double[] more = fit(training, MORE);
        double spread = Coefficients.FITTED.residualVariance();
        VolatilityEvent event = VolatilityEvent.of(15, 20);

        assertThat(brier(test, event, Tail.NORMAL, har, spread, HAR)).isCloseTo(0.1787, within(5e-4));
        assertThat(brier(test, event, new StudentT(4), har, spread, HAR)).isCloseTo(0.1700, within(5e-4));
        assertThat(brier(test, event, new StudentT(4), more, spread, MORE)).isCloseTo(0.1682, within(5e-4));
    }

    @Test
    void the_level_of_volatility_drifted_from_2025_to_2026_and_the_shape_of_the_market_did_not() {
        FeatureWatch watch = minutes.basis(TEST_BEGINS).watch(1);
        for (double[] row : minutes.between(TEST_BEGINS, Long.MAX_VALUE).rows()) {
            watch.observe(row);
        }
        List<FeatureFinding> findings = watch.findings();

        assertThat(findings).extracting(FeatureFinding::kind).containsOnly(FeatureFinding.Kind.DRIFTED);
        assertThat(findings)
                .extracting(FeatureFinding::feature)
                .contains(HAR)
                .doesNotContain(
                        Feature.RETURN_5M,
                        Feature.RETURN_15M,
                        Feature.RETURN_RATIO,
                        Feature.VOLUME_Z_20M,
                        Feature.JUMP_SHARE_1H,
                        Feature.JUMP_SHARE_24H);
        assertThat(findings).noneMatch(FeatureFinding::blocksTraining);
    }

    @Test
    void the_events_are_as_frequent_as_they_were_measured() {
        Dataset test = minutes.between(TEST_BEGINS, Long.MAX_VALUE);
        assertThat(test.labelled(VolatilityEvent.of(15, 10)).baseRate()).isCloseTo(0.52, within(0.05));
        assertThat(test.labelled(VolatilityEvent.of(15, 20)).baseRate()).isCloseTo(0.26, within(0.05));
        assertThat(test.labelled(VolatilityEvent.of(15, 30)).baseRate()).isCloseTo(0.14, within(0.04));
    }

    @Test
    void no_recorded_feature_is_missing_or_constant_beyond_its_norm() {
        FeatureWatch.requireTrainable(minutes.set(), minutes.rows());
        FeatureWatch watch = new FeatureWatch(minutes.set());
        for (double[] row : minutes.rows()) {
            watch.observe(row);
        }
        assertThat(watch.findings()).isEmpty();
        assertThat(watch.coverage(minutes.set().indexOf(Feature.LOG_PARKINSON_24H)))
                .isCloseTo(0.989, within(0.001));
    }

    @Test
    void no_recorded_row_knows_its_future() {
        LeakCheck check = new LeakCheck(folder);
        List<String> findings = check.futureCutOff(
                source -> DatasetBuilder.build(
                        source, FeatureSet.CANDLES, Cadence.QUARTER_HOUR, List.of(VolatilityEvent.of(15, 20))),
                1_750_000_000_000_000_000L,
                1_768_000_000_000_000_000L);

        assertThat(findings).isEmpty();
        assertThat(check.labels(minutes)).isEmpty();
    }
}
