package voltage.store.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.order.Lane;

/** A worker's hold on its lease: one call a tick, when to come again, and a store that does not answer. */
@Timeout(20)
class WorkerLeaseTest {
    private static final Lane LANE = Lane.PAPER;
    private static final long SECOND = 1_000_000_000L;

    private final InMemoryLeases store = new InMemoryLeases();
    private int calls;
    private boolean isDown;
    private long nanos;
    private final WorkerLease worker = new WorkerLease(
            new LeaseStore() {
                private void call() {
                    calls++;
                    if (isDown) {
                        throw new LeaseUnavailableException("down");
                    }
                }

                @Override
                public Optional<LeaseItem> read(Lane lane) {
                    call();
                    return store.read(lane);
                }

                @Override
                public boolean acquire(Lane lane, Optional<LeaseItem> seen, String owner) {
                    call();
                    return store.acquire(lane, seen, owner);
                }

                @Override
                public boolean renew(Lane lane, String owner, long epoch) {
                    call();
                    return store.renew(lane, owner, epoch);
                }

                @Override
                public boolean release(Lane lane, String owner, long epoch) {
                    call();
                    return store.release(lane, owner, epoch);
                }
            },
            LANE,
            "me",
            LeaseTerms.DEFAULT,
            () -> nanos);

    private void lead() {
        assertThat(worker.tick()).isZero();
        assertThat(worker.tick()).isEqualTo(3 * SECOND);
        calls = 0;
    }

    @Test
    void a_tick_makes_one_call_at_most_and_says_when_the_next_is_due() {
        lead();
        nanos += SECOND;
        assertThat(worker.tick()).isEqualTo(2 * SECOND);
        assertThat(calls).isZero();
        nanos += 2 * SECOND;
        assertThat(worker.tick()).isEqualTo(3 * SECOND);
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void it_counts_down_how_long_it_still_leads() {
        assertThat(worker.validForNanos()).isZero();
        lead();
        nanos += 2 * SECOND;
        assertThat(worker.validForNanos()).isEqualTo(5 * SECOND);
        nanos += 6 * SECOND;
        assertThat(worker.validForNanos()).isZero();
        assertThat(worker.epoch()).isEmpty();
    }

    @Test
    void a_store_that_does_not_answer_is_asked_again_in_half_a_second_and_ends_the_lead_in_time() {
        lead();
        isDown = true;
        nanos += 3 * SECOND;
        assertThat(worker.tick()).isEqualTo(SECOND / 2);
        nanos += 4 * SECOND - 1;
        assertThat(worker.epoch()).hasValue(1);
        nanos++;
        assertThat(worker.epoch()).isEmpty();
        assertThat(worker.isLost()).isFalse();
    }

    @Test
    void one_that_has_lost_is_due_never_again() {
        lead();
        assertThat(store.acquire(LANE, store.read(LANE), "other")).isTrue();
        nanos += 3 * SECOND;
        assertThat(worker.tick()).isEqualTo(Long.MAX_VALUE);
        assertThat(worker.state()).isEqualTo(new LeaseState.Lost(1));
        calls = 0;
        nanos += 60 * SECOND;
        assertThat(worker.tick()).isEqualTo(Long.MAX_VALUE);
        worker.release();
        assertThat(calls).isZero();
        assertThat(store.read(LANE)).map(LeaseItem::owner).contains("other");
    }

    @Test
    void giving_back_is_tried_three_times_and_ends_the_lead_whatever_comes_of_it() {
        lead();
        isDown = true;
        worker.release();
        assertThat(calls).isEqualTo(3);
        assertThat(worker.epoch()).isEmpty();
        assertThat(worker.state()).isEqualTo(new LeaseState.Ended());
        assertThat(worker.tick()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void giving_back_that_is_answered_is_asked_once() {
        lead();
        worker.release();
        assertThat(calls).isEqualTo(1);
        assertThat(store.read(LANE)).map(LeaseItem::released).contains(true);
    }
}
