package voltage.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FillTest {
    private static Fill fill(int priceE4, long countE2, long feeE6) {
        return new Fill("t", "o", "M", BookSide.ASK, priceE4, countE2, feeE6, true, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10_000})
    void a_fill_may_be_at_either_end_of_the_dollar_and_free(int priceE4) {
        assertThat(fill(priceE4, 1, 0).signedCountE2()).isEqualTo(-1);
    }

    @Test
    void a_fill_of_nothing_with_a_negative_fee_or_outside_the_dollar_is_no_fill() {
        assertThatThrownBy(() -> fill(5_000, 0, 0)).hasMessageContaining("0 E2");
        assertThatThrownBy(() -> fill(5_000, 1, -1)).hasMessageContaining("-1 E6");
        assertThatThrownBy(() -> fill(-1, 1, 0)).hasMessageContaining("-1 E4");
        assertThatThrownBy(() -> fill(10_001, 1, 0)).hasMessageContaining("10001 E4");
    }
}
