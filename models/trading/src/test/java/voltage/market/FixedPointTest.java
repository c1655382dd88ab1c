package voltage.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FixedPointTest {
    @Test
    void every_number_is_printed_and_read_as_big_decimal_does() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200_000; i++) {
            int scale = random.nextInt(9);
            long value = random.nextLong() >> random.nextInt(64);
            if (value == Long.MIN_VALUE) {
                continue;
            }
            String text = FixedPoint.format(value, scale);
            assertThat(text).isEqualTo(BigDecimal.valueOf(value, scale).toPlainString());
            assertThat(FixedPoint.parse(text, scale)).isEqualTo(value);
        }
    }

    @Test
    void fewer_places_than_the_scale_and_zeros_beyond_it_are_exact() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 50_000; i++) {
            int places = random.nextInt(5);
            BigDecimal number = BigDecimal.valueOf(random.nextInt(), places);
            String zeros = places == 0 ? "" : "0".repeat(random.nextInt(12));
            assertThat(FixedPoint.parse(number.toPlainString() + zeros, 4))
                    .isEqualTo(number.setScale(4).unscaledValue().longValueExact());
        }
    }

    @Test
    void a_part_of_a_longer_text_is_read_without_its_surroundings() {
        byte[] text = "{\"p\":\"0.4800\"}".getBytes(StandardCharsets.US_ASCII);

        assertThat(FixedPoint.parse(text, 6, 12, 4)).isEqualTo(4_800);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "-.",
                ".5",
                "-.5",
                "5.",
                "-5.",
                "1.2.3",
                "+1",
                "--1",
                "1-",
                " 1",
                "1 ",
                "1e3",
                "0x1",
                "1,5",
                "NaN",
                "Infinity",
                "null",
                "½",
                "１",
                "0.00001",
                "1.23456",
                "0.48000000000000000001"
            })
    void what_is_no_decimal_number_of_the_scale_is_refused_and_named(String text) {
        assertThatThrownBy(() -> FixedPoint.parse(text, 4))
                .isInstanceOf(NumberFormatException.class)
                .hasMessageContaining("at most 4 places")
                .hasMessageContaining("\"" + text + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, 0, 9223372036854775807",
        "-9223372036854775807, 0, -9223372036854775807",
        "922337203685477.5807, 4, 9223372036854775807",
        "9223372036854.775807, 6, 9223372036854775807",
        "-0, 4, 0",
        "-0.0000, 4, 0",
        "007, 2, 700"
    })
    void the_ends_of_the_range_fit(String text, int scale, long expected) {
        assertThat(FixedPoint.parse(text, scale)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775808, 0",
        "9999999999999999999, 0",
        "18446744073709551617, 0",
        "922337203685477.5808, 4",
        "922337203685478, 4",
        "-922337203685478, 4",
        "1000000000000000000, 1",
        "99999999999999999999999999, 0"
    })
    void what_does_not_fit_is_refused_instead_of_wrapping_around(String text, int scale) {
        assertThatThrownBy(() -> FixedPoint.parse(text, scale)).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void even_the_lowest_long_is_printed_as_a_number() {
        for (int scale = 0; scale <= 8; scale++) {
            assertThat(FixedPoint.format(Long.MIN_VALUE, scale))
                    .isEqualTo(BigDecimal.valueOf(Long.MIN_VALUE, scale).toPlainString());
        }
    }

    @Test
    void a_long_malformed_text_is_shown_shortened() {
        assertThatThrownBy(() -> FixedPoint.parse("x".repeat(10_000), 4))
                .satisfies(thrown -> assertThat(thrown.getMessage()).hasSizeLessThan(150));
    }
}
