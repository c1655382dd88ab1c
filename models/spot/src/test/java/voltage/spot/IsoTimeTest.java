package voltage.spot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {
    @Test
    void agrees_with_the_formatter_wherever_it_does_not_leave_a_time_to_it() {
        Random random = new Random(7);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            Instant instant = Instant.ofEpochSecond(random.nextLong(9_000_000_000L), random.nextInt(1_000_000_000));
            long nanos = IsoTime.nanos(instant.toString());
            if (nanos != IsoTime.UNUSUAL) {
                read++;
                assertThat(nanos).isEqualTo(instant.getEpochSecond() * 1_000_000_000L + instant.getNano());
            }
        }
        assertThat(read).isGreaterThan(15_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-05-13",
                "2026-05-13T23:01:10",
                "2026-05-13T23:01:10+02:00",
                "2026-02-30T23:01:10Z",
                "2026-13-13T23:01:10Z",
                "2026-05-13T24:01:10Z",
                "2026-05-13T23:01:60Z",
                "2026-05-13T23:01:10.Z",
                "2026-05-13T23:01:10.1x3Z",
                "2026-05-13T23:01:10.1234567890Z",
                "+026-05-13T23:01:10Z"
            })
    void leaves_everything_else_to_the_formatter(String text) {
        assertThat(IsoTime.nanos(text)).isEqualTo(IsoTime.UNUSUAL);
    }
}
