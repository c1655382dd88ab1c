package voltage.store.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.order.Lane;

/** What every store of leases promises, and what a worker makes of it; each implementation runs it. */
@Timeout(60)
public abstract class LeaseContract {
    protected static final Lane LANE = Lane.PAPER;
    private static final long SECOND = 1_000_000_000L;

    private LeaseStore store = new InMemoryLeases();
    private long nanos = Long.MAX_VALUE - 5 * SECOND;

    /** A store in which no lane has had a leader. */
    protected abstract LeaseStore emptyStore();

    @BeforeEach
    void startEmpty() {
        store = emptyStore();
    }

    private WorkerLease worker(String owner) {
        return new WorkerLease(store, LANE, owner, LeaseTerms.DEFAULT, () -> nanos);
    }

    private static void settle(WorkerLease worker) {
        for (int calls = 0; calls < 5 && worker.tick() == 0; calls++) {
            assertThat(calls).isLessThan(4);
        }
    }

    private void run(long seconds, WorkerLease... workers) {
        for (long i = 0; i < seconds * 4; i++) {
            nanos += SECOND / 4;
            for (WorkerLease worker : workers) {
                settle(worker);
            }
        }
    }

    private LeaseItem item() {
        return store.read(LANE).orElseThrow();
    }

    @Test
    void a_lane_without_a_leader_is_taken_by_the_first_and_by_it_alone() {
        assertThat(store.read(LANE)).isEmpty();
        assertThat(store.acquire(LANE, Optional.empty(), "a")).isTrue();
        assertThat(store.acquire(LANE, Optional.empty(), "b")).isFalse();
        assertThat(item()).isEqualTo(new LeaseItem("a", 1, 0, false));
        assertThat(store.read(Lane.LIVE)).isEmpty();
    }

    @Test
    void a_lease_that_moved_since_it_was_seen_is_not_taken() {
        assertThat(store.acquire(LANE, Optional.empty(), "a")).isTrue();
        LeaseItem seen = item();
        assertThat(store.renew(LANE, "a", 1)).isTrue();
        assertThat(store.acquire(LANE, Optional.of(seen), "b")).isFalse();
        assertThat(store.acquire(LANE, Optional.of(item()), "b")).isTrue();
        assertThat(item()).isEqualTo(new LeaseItem("b", 2, 0, false));
    }

    @Test
    void only_its_owner_renews_and_releases_and_only_under_its_epoch() {
        assertThat(store.renew(LANE, "a", 1)).isFalse();
        assertThat(store.acquire(LANE, Optional.empty(), "a")).isTrue();
        assertThat(store.renew(LANE, "b", 1)).isFalse();
        assertThat(store.renew(LANE, "a", 2)).isFalse();
        assertThat(store.release(LANE, "b", 1)).isFalse();
        assertThat(store.renew(LANE, "a", 1)).isTrue();
        assertThat(item()).isEqualTo(new LeaseItem("a", 1, 1, false));
        assertThat(store.release(LANE, "a", 1)).isTrue();
        assertThat(item()).isEqualTo(new LeaseItem("a", 1, 2, true));
        assertThat(store.renew(LANE, "a", 1)).isFalse();
    }

    @Test
    void a_second_worker_stands_by_while_the_first_renews_and_takes_over_once_it_is_silent() {
        WorkerLease first = worker("first");
        WorkerLease second = worker("second");
        settle(first);
        assertThat(first.epoch()).hasValue(1);
        run(60, first, second);
        assertThat(first.epoch()).hasValue(1);
        assertThat(second.epoch()).isEmpty();
        assertThat(second.leader()).map(LeaseItem::owner).hasValue("first");

        run(7, second);
        assertThat(first.epoch()).isEmpty();
        assertThat(second.epoch()).isEmpty();
        run(5, second);
        assertThat(second.epoch()).hasValue(2);

        // The first comes back: it learns that it has lost, and never leads again.
        settle(first);
        assertThat(first.isLost()).isTrue();
        run(30, first);
        assertThat(first.epoch()).isEmpty();
    }

    @Test
    void a_released_lease_is_taken_at_the_next_look() {
        WorkerLease first = worker("first");
        WorkerLease second = worker("second");
        settle(first);
        run(2, first, second);
        first.release();
        assertThat(first.epoch()).isEmpty();
        run(1, second);
        assertThat(second.epoch()).hasValue(2);
    }

    @Test
    void a_worker_that_only_stood_still_proves_its_lease_before_it_leads_again() {
        WorkerLease worker = worker("first");
        settle(worker);
        nanos += 30 * SECOND;
        assertThat(worker.epoch()).isEmpty();
        assertThat(worker.isLost()).isFalse();
        settle(worker);
        assertThat(worker.epoch()).hasValue(1);
    }
}
