package voltage.kalshi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTimesTest {
    @Test
    void times_agree_with_the_jdk() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            long seconds = random.nextLong(9_000_000_000L);
            int nanos = random.nextBoolean() ? 0 : random.nextInt(1_000_000_000);
            Instant instant = Instant.ofEpochSecond(seconds, nanos);
            assertThat(WireTimes.rfc3339Nanos(instant.toString()))
                    .as(instant.toString())
                    .isEqualTo(seconds * 1_000_000_000L + nanos);
        }
        assertThat(WireTimes.rfc3339Nanos("2026-05-13T23:01:12.0994Z")).isEqualTo(1778713272099400000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-06-11T06:31:29",
                "2026-06-11 06:31:29Z",
                "2026-13-11T06:31:29Z",
                "2026-06-11T24:31:29Z",
                "2026-06-11T06:31:29.Z",
                "2026-06-11T06:31:29.12345678901Z",
                "2026-06-11T06:31:2xZ",
                "2026-06-11T06:31:29+00:00"
            })
    void what_is_no_such_time_is_0(String text) {
        assertThat(WireTimes.rfc3339Nanos(text)).isZero();
    }
}
