package voltage.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SteadyClockTest {
    private long wall = 1_000_000;
    private long ticks = 50;

    @Test
    void a_clock_that_is_set_back_runs_on_and_one_that_is_set_forward_is_followed() {
        SteadyClock clock = new SteadyClock(() -> wall, () -> ticks);
        wall += 10;
        ticks += 10;
        assertThat(clock.getAsLong()).isEqualTo(1_000_010);

        wall -= 5_000;
        assertThat(clock.getAsLong()).isEqualTo(1_000_010);
        wall += 700;
        ticks += 700;
        assertThat(clock.getAsLong()).isEqualTo(1_000_710);

        wall += 60_000;
        ticks += 1;
        assertThat(clock.getAsLong()).isEqualTo(wall);
    }
}
