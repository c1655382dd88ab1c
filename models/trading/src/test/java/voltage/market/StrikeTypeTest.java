package voltage.market;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrikeTypeTest {
    @ParameterizedTest
    @CsvSource({
        "GREATER, false, false, true, true, true",
        "GREATER_OR_EQUAL, false, true, true, true, true",
        "LESS, true, true, true, false, false",
        "LESS_OR_EQUAL, true, true, true, true, false",
        "BETWEEN, false, true, true, true, false"
    })
    void each_type_pays_on_its_side_of_the_strikes_and_at_its_ends(
            StrikeType type, boolean below, boolean atFloor, boolean within, boolean atCap, boolean above) {
        assertThat(type.paysYes(999, 1_000, 2_000)).isEqualTo(below);
        assertThat(type.paysYes(1_000, 1_000, 2_000)).isEqualTo(atFloor);
        assertThat(type.paysYes(1_500, 1_000, 2_000)).isEqualTo(within);
        assertThat(type.paysYes(2_000, 1_000, 2_000)).isEqualTo(atCap);
        assertThat(type.paysYes(2_001, 1_000, 2_000)).isEqualTo(above);
    }
}
