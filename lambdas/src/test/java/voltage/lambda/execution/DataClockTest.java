package voltage.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.order.InMemoryLedger;
import voltage.order.Lane;

/** How long newer data are waited for. */
@Timeout(20)
class DataClockTest {
    private static final ExecutorSettings SETTINGS = ExecutorSettings.DEFAULT;

    private final VirtualTime time = new VirtualTime();
    private final FakeExchange exchange = new FakeExchange(time, 0);
    private final long startNanos = time.getAsLong();
    private final DataClock clock = new DataClock(
            new LaneDesk(Lane.PAPER, new InMemoryLedger(), exchange, (lane, reports) -> {}, time, time, SETTINGS));

    private long waitedNanos() {
        return time.getAsLong() - startNanos;
    }

    @Test
    void data_of_the_moment_itself_are_new_enough_and_not_waited_for() {
        exchange.lagNanos = 0;
        assertThat(clock.awaitFresh(startNanos)).isTrue();
        assertThat(waitedNanos()).isZero();
    }

    @Test
    void data_that_lag_are_waited_for_until_they_have_passed_the_moment() {
        exchange.lagNanos = 2 * SETTINGS.pauseNanos() + 1;
        assertThat(clock.awaitFresh(startNanos)).isTrue();
        assertThat(waitedNanos()).isEqualTo(3 * SETTINGS.pauseNanos());
    }

    @Test
    void data_that_stay_old_are_asked_for_so_often_and_then_given_up() {
        exchange.lagNanos = 3_600 * VirtualTime.SECOND;
        assertThat(clock.awaitFresh(startNanos)).isFalse();
        assertThat(waitedNanos()).isEqualTo((SETTINGS.asks() - 1) * SETTINGS.pauseNanos());
    }

    @Test
    void everything_until_now_and_a_margin_more_is_waited_for_or_not_claimed() {
        exchange.lagNanos = 0;
        assertThat(clock.awaitNow(0)).isTrue();
        assertThat(waitedNanos()).isZero();
        assertThat(clock.awaitNow(SETTINGS.pauseNanos() + 1)).isTrue();
        assertThat(waitedNanos()).isEqualTo(2 * SETTINGS.pauseNanos());
        assertThat(clock.awaitNow(3_600 * VirtualTime.SECOND)).isFalse();
    }
}
