package voltage.kalshi.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voltage.kalshi.rest.RateBudget.Settings;

@Timeout(60)
class RateBudgetTest {
    private static final long SECOND = 1_000_000_000L;

    private final FakeTime time = new FakeTime();
    private final RateBudget budget = new RateBudget(Settings.BASIC, time);

    private long take(Endpoint endpoint, Priority priority) {
        return budget.tryTake(endpoint, 2, 1, priority);
    }

    @Test
    void entries_stop_where_the_reserve_begins_and_cancels_go_on() {
        int entries = 0;
        while (take(Endpoint.CREATE, Priority.ENTRY) == 0) {
            entries++;
        }
        assertThat(entries).as("60 tokens beyond the reserves").isEqualTo(6);
        int exits = 0;
        while (take(Endpoint.CREATE, Priority.EXIT) == 0) {
            exits++;
        }
        assertThat(exits).as("20 tokens more").isEqualTo(2);
        int cancels = 0;
        while (take(Endpoint.CANCEL, Priority.CANCEL) == 0) {
            cancels++;
        }
        assertThat(cancels).as("the last 20").isEqualTo(10);
    }

    @Test
    void the_wait_is_exact_and_enough() {
        while (take(Endpoint.CREATE, Priority.ENTRY) == 0) {}
        long wait = take(Endpoint.CREATE, Priority.ENTRY);
        assertThat(wait).isBetween(1L, SECOND);
        time.pause(wait - 1);
        assertThat(take(Endpoint.CREATE, Priority.ENTRY)).isEqualTo(1);
        time.pause(1);
        assertThat(take(Endpoint.CREATE, Priority.ENTRY)).isZero();
    }

    @Test
    void shards_and_the_bucket_of_none_are_billed_apart() {
        while (budget.tryTake(Endpoint.CANCEL, 2, 1, Priority.CANCEL) == 0) {}
        assertThat(budget.tryTake(Endpoint.CANCEL, 3, 1, Priority.CANCEL)).isZero();
        assertThat(budget.tryTake(Endpoint.CANCEL, 0, 1, Priority.CANCEL)).isZero();
        assertThat(budget.tryTake(Endpoint.BATCH_CANCEL, 2, 10, Priority.CANCEL))
                .as("a batch goes to the bucket of none")
                .isZero();
        assertThat(budget.tryTake(Endpoint.READ, 0, 1, Priority.ENTRY)).isZero();
    }

    @Test
    void a_batch_beyond_the_bucket_can_never_be_sent() {
        assertThat(budget.tryTake(Endpoint.BATCH_CREATE, 2, 25, Priority.ENTRY)).isEqualTo(RateBudget.NEVER);
        assertThat(budget.tryTake(Endpoint.BATCH_CREATE, 2, 5, Priority.ENTRY)).isZero();
    }

    @Test
    void a_refusal_by_kalshi_empties_the_bucket() {
        budget.throttled(Endpoint.CANCEL, 2);
        assertThat(take(Endpoint.CANCEL, Priority.CANCEL)).isEqualTo(20_000_000);
    }

    @Test
    void a_clock_that_steps_back_gives_nothing_and_takes_nothing() {
        while (take(Endpoint.CANCEL, Priority.CANCEL) == 0) {}
        long wait = take(Endpoint.CANCEL, Priority.CANCEL);
        time.pause(-10 * SECOND);
        assertThat(take(Endpoint.CANCEL, Priority.CANCEL)).isEqualTo(wait);
    }

    @Test
    void reserves_that_leave_no_order_are_refused() {
        assertThatThrownBy(() -> new Settings(200, 200, 100, 100, 60, 40, 10)).hasMessageContaining("reserves");
    }

    private record Spent(long nanos, int tokens, boolean isOrder) {}

    /** Callers at random, as fast as they are let: in no rolling second is more spent than is refilled, nor more orders than allowed. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void never_more_than_the_refill_in_any_rolling_second(long seed) {
        Random random = new Random(seed);
        Settings settings = new Settings(
                50 + random.nextInt(300),
                50 + random.nextInt(600),
                60 + random.nextInt(200),
                60 + random.nextInt(300),
                random.nextInt(20),
                random.nextInt(20),
                1 + random.nextInt(30));
        RateBudget tested = new RateBudget(settings, time);
        List<Spent> reads = new ArrayList<>();
        List<Spent> writes = new ArrayList<>();
        Endpoint[] endpoints = {Endpoint.READ, Endpoint.READ_ORDER, Endpoint.CREATE, Endpoint.CANCEL, Endpoint.DECREASE
        };
        for (int i = 0; i < 5_000; i++) {
            Endpoint endpoint = endpoints[random.nextInt(endpoints.length)];
            Priority priority = endpoint == Endpoint.CANCEL
                    ? Priority.CANCEL
                    : random.nextBoolean() ? Priority.ENTRY : Priority.EXIT;
            long wait = tested.tryTake(endpoint, 2, 1, priority);
            if (wait == 0) {
                (endpoint.isWrite() ? writes : reads).add(new Spent(time.nanos(), endpoint.cost(), endpoint.isOrder()));
            } else if (wait > 0) {
                assertThat(wait).isLessThanOrEqualTo(3 * SECOND);
            }
            if (random.nextInt(3) == 0) {
                time.pause(random.nextInt(40_000_000));
            }
        }
        assertThat(mostInASecond(reads, false)).isLessThanOrEqualTo(settings.readRefill());
        assertThat(mostInASecond(writes, false)).isLessThanOrEqualTo(settings.writeRefill());
        assertThat(mostInASecond(writes, true)).isLessThanOrEqualTo(settings.ordersPerSecond());
    }

    private static int mostInASecond(List<Spent> all, boolean orders) {
        int most = 0;
        int sum = 0;
        int from = 0;
        for (Spent spent : all) {
            sum += orders ? (spent.isOrder() ? 1 : 0) : spent.tokens();
            while (all.get(from).nanos() + SECOND <= spent.nanos()) {
                sum -= orders
                        ? (all.get(from).isOrder() ? 1 : 0)
                        : all.get(from).tokens();
                from++;
            }
            most = Math.max(most, sum);
        }
        return most;
    }

    /** Whatever entries do, ten cancels can go at any moment when none has gone for a second. */
    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void entries_never_take_what_is_kept_for_cancels(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            take(Endpoint.CREATE, random.nextBoolean() ? Priority.ENTRY : Priority.EXIT);
            time.pause(random.nextInt(120_000_000));
            if (random.nextInt(40) == 0) {
                for (int cancel = 0; cancel < 10; cancel++) {
                    assertThat(take(Endpoint.CANCEL, Priority.CANCEL)).isZero();
                }
                time.pause(SECOND);
            }
        }
    }
}
