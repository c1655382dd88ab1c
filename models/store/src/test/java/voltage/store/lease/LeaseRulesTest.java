package voltage.store.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import voltage.store.lease.LeaseState.Ended;
import voltage.store.lease.LeaseState.Following;
import voltage.store.lease.LeaseState.Leading;
import voltage.store.lease.LeaseState.Lost;
import voltage.store.lease.LeaseState.Vacant;

/** Each rule of the lease at its bound, to the nanosecond. */
class LeaseRulesTest {
    private static final long SECOND = 1_000_000_000L;
    /** The clock wraps soon: only differences mean anything. No constant, so that the compiler lets it wrap. */
    private static final long START = Long.valueOf(Long.MAX_VALUE - 5);

    private static final long END = START + SECOND / 5;
    private static final LeaseItem THEIRS = new LeaseItem("them", 4, 9, false);
    private static final LeaseAnswer FOUND_THEIRS = new LeaseAnswer.Found(Optional.of(THEIRS));
    private static final LeaseAnswer DONE = new LeaseAnswer.Done();
    private static final LeaseAnswer REFUSED = new LeaseAnswer.Refused();
    private static final LeaseAnswer UNANSWERED = new LeaseAnswer.Unanswered();

    private final LeaseRules rules = new LeaseRules(LeaseTerms.DEFAULT, "me");

    private LeaseState after(LeaseState state, LeaseAnswer answer) {
        return rules.after(state, answer, START, END);
    }

    private static Following following(long sinceNanos) {
        return new Following(Optional.of(THEIRS), sinceNanos, START);
    }

    @Test
    void a_follower_looks_when_it_is_time_and_a_second_after_each_answer() {
        assertThat(rules.next(new Following(Optional.empty(), 0, START), START)).isEqualTo(new LeaseAction.Read());
        assertThat(rules.next(new Following(Optional.empty(), 0, END), END - 1)).isEqualTo(new LeaseAction.Wait(END));
        assertThat(after(new Following(Optional.empty(), 7, START), FOUND_THEIRS))
                .isEqualTo(new Following(Optional.of(THEIRS), END, END + SECOND));
        assertThat(after(following(START - SECOND), FOUND_THEIRS))
                .isEqualTo(new Following(Optional.of(THEIRS), START - SECOND, END + SECOND));
        assertThat(after(following(START - SECOND), UNANSWERED))
                .isEqualTo(new Following(Optional.of(THEIRS), START - SECOND, END + SECOND));
    }

    @Test
    void a_lease_that_has_moved_is_counted_from_the_end_of_the_look_that_saw_it() {
        LeaseAnswer renewed = new LeaseAnswer.Found(Optional.of(new LeaseItem("them", 4, 10, false)));
        LeaseAnswer taken = new LeaseAnswer.Found(Optional.of(new LeaseItem("others", 5, 9, false)));
        assertThat(after(following(START - 60 * SECOND), renewed))
                .isInstanceOfSatisfying(
                        Following.class, state -> assertThat(state.sinceNanos()).isEqualTo(END));
        assertThat(after(following(START - 60 * SECOND), taken))
                .isInstanceOfSatisfying(
                        Following.class, state -> assertThat(state.sinceNanos()).isEqualTo(END));
    }

    @Test
    void a_lease_is_taken_once_it_has_not_moved_for_a_whole_ttl_before_the_look_began() {
        long ttl = LeaseTerms.DEFAULT.ttlNanos();
        assertThat(after(following(START - ttl + 1), FOUND_THEIRS)).isInstanceOf(Following.class);
        assertThat(after(following(START - ttl), FOUND_THEIRS)).isEqualTo(new Vacant(Optional.of(THEIRS), START - ttl));
    }

    @Test
    void a_lease_that_nobody_has_or_that_was_given_back_is_taken_at_once() {
        assertThat(after(following(START), new LeaseAnswer.Found(Optional.empty())))
                .isEqualTo(new Vacant(Optional.empty(), END));
        Optional<LeaseItem> released = Optional.of(new LeaseItem("them", 4, 9, true));
        assertThat(after(following(START), new LeaseAnswer.Found(released))).isEqualTo(new Vacant(released, END));
        assertThat(rules.next(new Vacant(released, END), START)).isEqualTo(new LeaseAction.Acquire(released));
    }

    @Test
    void a_lease_found_as_our_own_leads_only_after_a_renewal() {
        LeaseState state =
                after(following(START), new LeaseAnswer.Found(Optional.of(new LeaseItem("me", 4, 0, false))));
        assertThat(state).isEqualTo(new Leading(4, END, END));
        assertThat(LeaseRules.isValid(state, END)).isFalse();
        assertThat(rules.next(state, END)).isEqualTo(new LeaseAction.Renew(4));
    }

    @Test
    void a_taken_or_renewed_lease_is_valid_for_seven_seconds_from_the_start_of_the_call() {
        Leading first = new Leading(1, START + 7 * SECOND, START + 3 * SECOND);
        assertThat(after(new Vacant(Optional.empty(), 0), DONE)).isEqualTo(first);
        assertThat(after(new Vacant(Optional.of(THEIRS), 0), DONE))
                .isEqualTo(new Leading(5, START + 7 * SECOND, START + 3 * SECOND));
        assertThat(after(new Leading(1, END, START), DONE)).isEqualTo(first);
        assertThat(LeaseRules.isValid(first, START + 7 * SECOND - 1)).isTrue();
        assertThat(LeaseRules.isValid(first, START + 7 * SECOND)).isFalse();
        assertThat(rules.next(first, START + 3 * SECOND - 1)).isEqualTo(new LeaseAction.Wait(START + 3 * SECOND));
        assertThat(rules.next(first, START + 3 * SECOND)).isEqualTo(new LeaseAction.Renew(1));
    }

    @Test
    void an_acquisition_that_was_refused_is_looked_at_at_once_and_one_without_an_answer_in_half_a_second() {
        Vacant vacant = new Vacant(Optional.of(THEIRS), 7);
        assertThat(after(vacant, REFUSED)).isEqualTo(new Following(Optional.of(THEIRS), 7, END));
        assertThat(after(vacant, UNANSWERED)).isEqualTo(new Following(Optional.of(THEIRS), 7, END + SECOND / 2));
    }

    @Test
    void a_renewal_without_an_answer_is_repeated_in_half_a_second_and_lengthens_nothing() {
        assertThat(after(new Leading(3, START + SECOND, START), UNANSWERED))
                .isEqualTo(new Leading(3, START + SECOND, END + SECOND / 2));
    }

    @Test
    void a_refused_renewal_is_the_end_for_good() {
        LeaseState lost = after(new Leading(3, START + SECOND, START), REFUSED);
        assertThat(lost).isEqualTo(new Lost(3));
        for (LeaseState over : new LeaseState[] {lost, new Ended()}) {
            assertThat(rules.next(over, END)).isEqualTo(new LeaseAction.Stop());
            assertThat(after(over, DONE)).isSameAs(over);
            assertThat(LeaseRules.isValid(over, START)).isFalse();
        }
    }

    @Test
    void an_answer_to_nothing_that_was_asked_is_an_error() {
        assertThatThrownBy(() -> after(new Vacant(Optional.empty(), 0), FOUND_THEIRS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("answers nothing that is asked in Vacant");
        assertThatThrownBy(() -> after(new Leading(1, END, END), FOUND_THEIRS))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void terms_and_items_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> new LeaseRules(LeaseTerms.DEFAULT, " ")).hasMessageContaining("a name of its own");
        assertThatThrownBy(() -> new LeaseItem("", 1, 0, false)).hasMessageContaining("was \"\", 1, 0");
        assertThatThrownBy(() -> new LeaseItem("a", 0, 0, false)).hasMessageContaining("0, 0");
        assertThatThrownBy(() -> new LeaseItem("a", 1, -1, false)).hasMessageContaining("1, -1");
        assertThat(new LeaseTerms(3, 1, 1, 1, 1).validNanos()).isEqualTo(2);
        assertThatThrownBy(() -> new LeaseTerms(4, 2, 2, 1, 1))
                .hasMessageContaining("two renewals must fit into the TTL less the margin");
        assertThatThrownBy(() -> new LeaseTerms(10, 0, 1, 1, 1)).hasMessageContaining("was 0, 1, 1, 1");
        assertThatThrownBy(() -> new LeaseTerms(10, 1, 0, 1, 1)).hasMessageContaining("was 1, 0, 1, 1");
        assertThatThrownBy(() -> new LeaseTerms(10, 1, 1, 0, 1)).hasMessageContaining("was 1, 1, 0, 1");
        assertThatThrownBy(() -> new LeaseTerms(10, 1, 1, 1, 0)).hasMessageContaining("was 1, 1, 1, 0");
    }
}
