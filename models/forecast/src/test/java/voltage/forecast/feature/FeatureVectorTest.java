package voltage.forecast.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureVectorTest {
    private static final FeatureSet TWO =
            new FeatureSet("two-1", List.of(Feature.RETURN_5M, Feature.ORDER_FLOW_IMBALANCE));

    private static FeatureVector vector(double[] values, long... known) {
        return new FeatureVector(TWO, 1_000, values, known);
    }

    @Test
    void incident_18_a_feature_known_after_the_decision_is_refused() {
        assertThatThrownBy(() -> vector(new double[] {0.1, 0.2}, 1_000, 1_001))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("order_flow_imbalance")
                .hasMessageContaining("1970-01-01T00:00:00.000001001Z")
                .hasMessageContaining("1970-01-01T00:00:00.000001Z");
        assertThat(vector(new double[] {0.1, 0.2}, 999, 1_000).knownNanos(1)).isEqualTo(1_000);
    }

    @Test
    void a_missing_value_was_never_known() {
        FeatureVector vector = vector(new double[] {Double.NaN, 0.2}, 5_000, 1_000);

        assertThat(vector.knownNanos(0)).isEqualTo(FeatureVector.NEVER);
        assertThat(vector.coverage()).isEqualTo(0.5);
    }

    @Test
    void an_infinite_value_and_a_missing_column_are_refused() {
        assertThatThrownBy(() -> vector(new double[] {0.1, Double.NEGATIVE_INFINITY}, 1, 1))
                .hasMessageContaining("-Infinity");
        assertThatThrownBy(() -> vector(new double[] {0.1}, 1, 1)).hasMessageContaining("was 1 values, 2 times");
        assertThatThrownBy(() -> vector(new double[] {0.1, 0.2}, 1)).hasMessageContaining("was 2 values, 1 times");
    }

    @Test
    void nobody_can_change_it_afterwards() {
        double[] values = {0.1, 0.2};
        FeatureVector vector = vector(values, 1, 2);
        values[0] = 9;
        vector.toRow()[1] = 9;

        assertThat(vector.toRow()).containsExactly(0.1, 0.2);
        assertThat(vector.value(Feature.ORDER_FLOW_IMBALANCE)).isEqualTo(0.2);
        assertThat(vector.value(Feature.HOUR_SIN)).isNaN();
        assertThat(vector.atNanos()).isEqualTo(1_000);
        assertThat(vector.set()).isEqualTo(TWO);
    }

    @Test
    void a_set_is_found_by_its_version_and_names_its_columns() {
        assertThat(FeatureSet.of("candles-1")).isSameAs(FeatureSet.CANDLES);
        assertThat(FeatureSet.of("flow-1")).isSameAs(FeatureSet.FLOW);
        assertThat(FeatureSet.FLOW.names())
                .hasSize(23)
                .doesNotHaveDuplicates()
                .startsWith("log_parkinson_5m", "log_parkinson_15m", "log_parkinson_1h")
                .endsWith("order_flow_imbalance");
        assertThat(FeatureSet.CANDLES.indexOf(Feature.ORDER_FLOW_IMBALANCE)).isEqualTo(-1);
        assertThatThrownBy(() -> FeatureSet.of("candles-9")).hasMessageContaining("was \"candles-9\"");
        assertThatThrownBy(() -> new FeatureSet("x", List.of())).hasMessageContaining("was []");
        assertThatThrownBy(() -> new FeatureSet("x", List.of(Feature.HOUR_COS, Feature.HOUR_COS)))
                .hasMessageContaining("once");
    }
}
