package voltage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DarkLaneTest {
    private static final long MINUTE = 60_000_000_000L;
    private static final long START = 20_000 * 24 * 60 * MINUTE + 17 * MINUTE;

    private final DarkLane lane = new DarkLane();
    private long now = START;

    /** So many minutes, with ten decisions in each, so many of them for that reason. */
    private String minutes(int minutes, Gate reason, int ofTen) {
        String told = "";
        for (int i = 0; i < minutes; i++) {
            for (int d = 0; d < 10; d++) {
                now += MINUTE / 10;
                lane.decided(now, d < ofTen ? reason : null);
                told += lane.second(now).map(text -> text + "\n").orElse("");
            }
        }
        return told;
    }

    private String silence(int minutes) {
        String told = "";
        for (int i = 0; i < minutes * 60; i++) {
            now += MINUTE / 60;
            told += lane.second(now).map(text -> text + "\n").orElse("");
        }
        return told;
    }

    @Test
    void two_windows_without_a_decision_are_told_once_and_again_after_the_next_silence() {
        assertThat(silence(29)).isEmpty();
        assertThat(silence(300).lines())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("no market has been decided on for 30 minutes"));
        assertThat(minutes(40, Gate.EDGE, 5)).isEmpty();
        assertThat(silence(29)).isEmpty();
        assertThat(silence(10).lines()).hasSize(1);
    }

    @Test
    void a_gate_that_keeps_us_out_of_nearly_everything_for_a_day_is_told_once_a_day() {
        assertThat(minutes(23 * 60 + 55, Gate.ATR_REGIME, 10)).isEmpty();
        assertThat(minutes(120, Gate.ATR_REGIME, 10).lines())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("ATR_REGIME has kept us out in"));
        assertThat(minutes(22 * 60, Gate.ATR_REGIME, 10)).isEmpty();
        assertThat(minutes(120, Gate.ATR_REGIME, 10).lines()).hasSize(1);
    }

    @Test
    void a_day_with_some_entries_or_other_reasons_is_no_alarm() {
        assertThat(minutes(26 * 60, Gate.EDGE, 9)).isEmpty();
        for (int i = 0; i < 60; i++) {
            assertThat(minutes(24, Gate.EDGE, 10)).isEmpty();
            assertThat(minutes(24, Gate.SPREAD, 10)).isEmpty();
        }
    }

    @Test
    void only_the_last_day_counts() {
        assertThat(minutes(30 * 60, Gate.EDGE, 5)).isEmpty();
        assertThat(minutes(20 * 60, Gate.EDGE, 10)).isEmpty();
        assertThat(minutes(5 * 60, Gate.EDGE, 10).lines()).hasSize(1);
    }
}
