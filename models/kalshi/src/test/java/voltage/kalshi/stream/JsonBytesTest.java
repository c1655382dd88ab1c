package voltage.kalshi.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voltage.market.FixedPoint;

class JsonBytesTest {
    private static final String BEFORE = "\"price\":\"";

    private static long usual(String text, int scale) {
        byte[] bytes = (BEFORE + text + "\"").getBytes(StandardCharsets.ISO_8859_1);
        return JsonBytes.usualDecimal(bytes, BEFORE.length(), bytes.length - 1, scale);
    }

    @Test
    void usual_decimals_are_what_fixed_point_says() {
        Random random = new Random(5);
        for (int i = 0; i < 50_000; i++) {
            int scale = 1 + random.nextInt(4);
            int most = scale == 4 ? 1_000 : scale == 3 ? 10_000 : 100_000;
            long value = random.nextInt(most * (int) Math.pow(10, scale - 1)) * (random.nextBoolean() ? 1L : -1L);
            String text = FixedPoint.format(value, scale);
            assertThat(usual(text, scale)).as(text).isEqualTo(FixedPoint.parse(text, scale));
        }
        assertThat(usual("-0.00", 2)).isZero();
        assertThat(usual("99999.99", 2)).isEqualTo(9_999_999);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "-.00",
                ".00",
                "1",
                "1.0",
                "1.000",
                "1,00",
                "+1.00",
                "--1.00",
                "1a.00",
                "1.0:",
                "1.0/",
                "123456.00",
                "1 .00",
                "-1.0-"
            })
    void anything_else_is_left_to_others(String text) {
        assertThat(usual(text, 2)).isEqualTo(JsonBytes.UNUSUAL);
    }

    @Test
    void eight_digits_are_a_number() {
        Random random = new Random(6);
        for (int i = 0; i < 50_000; i++) {
            int value = random.nextInt(100_000_000);
            byte[] text = "%08d".formatted(value).getBytes(StandardCharsets.US_ASCII);
            assertThat(JsonBytes.eightDigits(text, 0, 8)).isEqualTo(value);
            text[random.nextInt(8)] = (byte) (random.nextBoolean() ? random.nextInt('0') : ':' + random.nextInt(160));
            assertThat(JsonBytes.eightDigits(text, 0, 8)).isEqualTo(-1);
        }
        assertThat(JsonBytes.eightDigits(new byte[8], 1, 8)).isEqualTo(-1);
    }
}
