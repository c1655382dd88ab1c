package voltage.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static voltage.training.data.Minutes.MINUTE;
import static voltage.training.data.Minutes.START;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.feature.Feature;
import voltage.forecast.feature.FeatureBasis;
import voltage.forecast.feature.FeatureSet;
import voltage.forecast.feature.FeatureWatch;
import voltage.forecast.feature.MinuteFeatures;
import voltage.market.Candle;

@Timeout(60)
class DatasetBuilderTest {
    private static final VolatilityEvent FIVE = VolatilityEvent.of(5, 10);
    private static final VolatilityEvent QUARTER = VolatilityEvent.of(15, 20);

    private static Dataset build(List<Candle> candles, Cadence cadence, VolatilityEvent... targets) {
        return DatasetBuilder.build(CandleSource.of(candles), FeatureSet.CANDLES, cadence, List.of(targets));
    }

    @Test
    void a_row_is_what_the_engine_would_have_known_then() {
        List<Candle> candles = Minutes.withGaps(Minutes.walk(1, 3_000), 1);
        Dataset dataset = build(candles, Cadence.MINUTE, QUARTER);
        MinuteFeatures engine = new MinuteFeatures(FeatureSet.CANDLES);
        int row = 0;
        for (Candle candle : candles) {
            engine.minute(candle);
            if (!candle.isSynthetic()) {
                double[] live = engine.at(candle.openNanos() + MINUTE).toRow();
                assertThat(dataset.atNanos(row)).isEqualTo(candle.openNanos() + MINUTE);
                assertThat(dataset.input(row).window()).isEqualTo(engine.window(candle.openNanos() + MINUTE));
                for (int column = 0; column < live.length; column++) {
                    String name = dataset.names()[column];
                    if (!name.contains("diurnal") && !name.contains("log_minute")) {
                        assertThat(Double.doubleToLongBits(dataset.row(row)[column]))
                                .as(name)
                                .isEqualTo(Double.doubleToLongBits(live[column]));
                    }
                }
                row++;
            }
        }
        assertThat(row).isEqualTo(dataset.size());
    }

    @Test
    void the_outcome_is_the_return_from_the_instant_to_the_horizon() {
        List<Candle> candles = new ArrayList<>();
        double price = 100_000;
        for (int i = 0; i < 40; i++) {
            double next = price + (i == 20 ? 150 : 0);
            candles.add(Minutes.straight(i, price, next));
            price = next;
        }
        Dataset dataset = build(candles, Cadence.MINUTE, FIVE, QUARTER);

        // Row k is at the end of minute k; minute 20 moves by 15 bp.
        for (int row = 0; row < 40; row++) {
            boolean inFive = row >= 15 && row <= 19;
            assertThat(dataset.label(FIVE, row)).isEqualTo(row > 34 ? Dataset.UNKNOWN : inFive ? 1 : 0);
            assertThat(dataset.label(QUARTER, row)).isEqualTo(row > 24 ? Dataset.UNKNOWN : 0);
        }
        assertThat(dataset.forwardReturn(15, 10)).isCloseTo(Math.log(100_150 / 100_000.0), within(1e-12));
        assertThat(dataset.forwardVariance(5, 15))
                .isCloseTo(Math.pow(Math.log(100_150 / 100_000.0), 2) / 5, within(1e-18));
        assertThat(dataset.forwardVariance(5, 20)).isZero();
        assertThat(dataset.labelEndNanos(QUARTER, 10) - dataset.atNanos(10)).isEqualTo(15 * MINUTE);
        assertThatThrownBy(() -> dataset.forwardReturn(7, 0)).hasMessageContaining("[5, 15], was 7");
    }

    @Test
    void an_outcome_over_a_gap_is_known_if_its_ends_are_and_its_variance_is_not() {
        List<Candle> candles = new ArrayList<>(Minutes.walk(2, 60));
        candles.remove(30);
        candles.set(45, Candle.flat(candles.get(45).openNanos(), candles.get(45).openE4()));
        Dataset dataset = build(candles, Cadence.MINUTE, FIVE);

        assertThat(dataset.size()).isEqualTo(58);
        int before = 28;
        assertThat(dataset.atNanos(before)).isEqualTo(START + 29 * MINUTE);
        assertThat(dataset.label(FIVE, before)).isNotEqualTo(Dataset.UNKNOWN);
        assertThat(dataset.forwardVariance(5, before)).isNaN();
        // Minute 30 is not there: what ends with it is not known.
        assertThat(dataset.label(FIVE, 25)).isEqualTo(Dataset.UNKNOWN);
        // Minute 46 is synthetic: nobody knows a price at its end.
        assertThat(dataset.atNanos(40)).isEqualTo(START + 42 * MINUTE);
        assertThat(dataset.label(FIVE, 40)).isEqualTo(Dataset.UNKNOWN);
        assertThat(dataset.label(FIVE, 41)).isNotEqualTo(Dataset.UNKNOWN);
    }

    @Test
    void quarter_hours_are_the_minutes_rows_at_the_quarter_hours() {
        List<Candle> candles = Minutes.walk(3, 2_000);
        Dataset minutes = build(candles, Cadence.MINUTE, QUARTER);
        Dataset quarters = build(candles, Cadence.QUARTER_HOUR, QUARTER);

        assertThat(quarters.size()).isEqualTo(2_000 / 15);
        for (int row = 0; row < quarters.size(); row++) {
            assertThat(quarters.atNanos(row)).isEqualTo(START + (row + 1) * 15 * MINUTE);
            assertThat(quarters.row(row)).isEqualTo(minutes.row(15 * row + 14));
            assertThat(quarters.label(QUARTER, row)).isEqualTo(minutes.label(QUARTER, 15 * row + 14));
        }
    }

    @Test
    void the_times_of_day_are_those_known_at_the_last_midnight() {
        Dataset dataset = build(Minutes.walk(4, 2 * 1440 + 10), Cadence.MINUTE, QUARTER);
        int column = FeatureSet.CANDLES.indexOf(Feature.LOG_DIURNAL_NEXT_15M);

        assertThat(dataset.row(1438)[column]).isNaN();
        assertThat(dataset.row(1439)[column]).isNotNaN();
        // The same minute a day later, with another table.
        assertThat(dataset.row(2879)[column]).isNotEqualTo(dataset.row(1439)[column]);
    }

    @Test
    void a_model_is_served_with_what_was_known_when_its_training_ended() {
        List<Candle> candles = Minutes.walk(4, 3 * 1440);
        Dataset whole = build(candles, Cadence.MINUTE, QUARTER);
        long end = START + (1440 + 700) * MINUTE;
        FeatureBasis basis = whole.basis(end);
        FeatureBasis alone =
                build(candles.subList(0, 1440 + 700), Cadence.MINUTE, QUARTER).basis(end);

        assertThat(basis.diurnal().knownNanos()).isEqualTo(START + 1440 * MINUTE);
        assertThat(basis.diurnal().quarters()).isEqualTo(alone.diurnal().quarters());
        assertThat(basis.references().get(0).edges())
                .isEqualTo(alone.references().get(0).edges());
        assertThat(basis.references().get(0).effectiveRows()).isCloseTo((1440 + 700 - 3) / 5.0, within(1e-9));
        assertThat(whole.stepMinutes()).isEqualTo(1);
        assertThatThrownBy(() -> whole.basis(START + 1439 * MINUTE)).hasMessageContaining("first whole day");
    }

    @Test
    void labelled_rows_are_those_with_a_known_outcome() {
        Dataset dataset = build(Minutes.withGaps(Minutes.walk(5, 400), 5), Cadence.MINUTE, FIVE, QUARTER);
        LabelledRows labelled = dataset.labelled(QUARTER);

        assertThat(labelled.size()).isPositive().isLessThan(dataset.size());
        assertThat(labelled.names()).isEqualTo(FeatureSet.CANDLES.names());
        int happened = 0;
        int next = 0;
        for (int row = 0; row < dataset.size(); row++) {
            int label = dataset.label(QUARTER, row);
            if (label != Dataset.UNKNOWN) {
                assertThat(labelled.rows()[next]).isSameAs(dataset.row(row));
                assertThat(labelled.input(next).window())
                        .isEqualTo(dataset.input(row).window());
                assertThat(labelled.labels()[next]).isEqualTo(label == 1);
                assertThat(labelled.atNanos()[next]).isEqualTo(dataset.atNanos(row));
                assertThat(labelled.labelEndNanos()[next]).isEqualTo(dataset.atNanos(row) + 15 * MINUTE);
                happened += label;
                next++;
            }
        }
        assertThat(next).isEqualTo(labelled.size());
        assertThat(labelled.baseRate()).isEqualTo(happened / (double) next);
        assertThatThrownBy(() -> new LabelledRows(
                        new String[0],
                        new double[1][],
                        new boolean[0],
                        new long[1],
                        new long[1],
                        new MinuteHistory(new long[0], new long[0], new long[0])))
                .hasMessageContaining("was 1 rows, 0 labels");
    }

    @Test
    void a_stretch_of_time_keeps_its_rows_and_outcomes() {
        Dataset dataset = build(Minutes.walk(6, 300), Cadence.MINUTE, FIVE);
        Dataset part = dataset.between(START + 100 * MINUTE, START + 200 * MINUTE);

        assertThat(part.size()).isEqualTo(100);
        assertThat(part.atNanos(0)).isEqualTo(START + 100 * MINUTE);
        assertThat(part.row(0)).isSameAs(dataset.row(99));
        assertThat(part.label(FIVE, 99)).isEqualTo(dataset.label(FIVE, 198));
        assertThat(part.forwardVariance(5, 99)).isEqualTo(dataset.forwardVariance(5, 198));
        assertThat(part.candleHash()).isEqualTo(dataset.candleHash());
        assertThat(dataset.between(5, 4).size()).isZero();
        assertThat(part.rows().length).isEqualTo(100);
        assertThat(part.targets()).containsExactly(FIVE);
        assertThat(part.set()).isSameAs(FeatureSet.CANDLES);
    }

    @Test
    void the_hash_is_of_the_candles() {
        List<Candle> candles = Minutes.walk(7, 100);
        String hash = build(candles, Cadence.MINUTE, FIVE).candleHash();

        assertThat(hash)
                .hasSize(64)
                .isEqualTo(build(candles, Cadence.QUARTER_HOUR, QUARTER).candleHash());
        assertThat(build(candles.subList(0, 99), Cadence.MINUTE, FIVE).candleHash())
                .isNotEqualTo(hash);
    }

    @Test
    void rows_of_a_whole_week_may_be_trained_on_and_rows_without_books_may_not_claim_a_flow() {
        List<Candle> candles = Minutes.walk(8, 40 * 1440);
        Dataset dataset = build(candles, Cadence.QUARTER_HOUR, QUARTER);
        assertThatCode(() -> FeatureWatch.requireTrainable(dataset.set(), dataset.rows()))
                .doesNotThrowAnyException();

        Dataset flow =
                DatasetBuilder.build(CandleSource.of(candles), FeatureSet.FLOW, Cadence.QUARTER_HOUR, List.of(QUARTER));
        assertThatThrownBy(() -> FeatureWatch.requireTrainable(flow.set(), flow.rows()))
                .hasMessageContaining("order_flow_imbalance is there in 0.0 %");
    }

    @Test
    void minutes_out_of_order_and_targets_twice_are_refused() {
        DatasetBuilder builder = new DatasetBuilder(FeatureSet.CANDLES, Cadence.MINUTE, List.of(FIVE));
        builder.minute(Minutes.straight(5, 1, 1));
        assertThatThrownBy(() -> builder.minute(Minutes.straight(5, 1, 1))).hasMessageContaining("in order");
        assertThatThrownBy(() -> new DatasetBuilder(FeatureSet.CANDLES, Cadence.MINUTE, List.of(FIVE, FIVE)))
                .hasMessageContaining("each once");
        assertThatThrownBy(() -> new DatasetBuilder(FeatureSet.CANDLES, Cadence.MINUTE, List.of()))
                .hasMessageContaining("was []");
    }
}
