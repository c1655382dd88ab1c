package voltage.store.lease;

import java.util.Optional;

/** What came of an action. */
public sealed interface LeaseAnswer {
    /** A read's answer; empty if the lane never had a leader. */
    record Found(Optional<LeaseItem> item) implements LeaseAnswer {}

    /** The write happened. */
    record Done() implements LeaseAnswer {}

    /** The write's condition did not hold. */
    record Refused() implements LeaseAnswer {}

    /** No answer: it may have happened, and may even happen later. */
    record Unanswered() implements LeaseAnswer {}
}
