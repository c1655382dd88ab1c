package voltage.local.simulation.cloud;

import static voltage.local.simulation.cloud.CloudOperation.BATCH_GET_ITEM;
import static voltage.local.simulation.cloud.CloudOperation.CHANGE_MESSAGE_VISIBILITY_BATCH;
import static voltage.local.simulation.cloud.CloudOperation.DELETE_ITEM;
import static voltage.local.simulation.cloud.CloudOperation.DELETE_MESSAGE;
import static voltage.local.simulation.cloud.CloudOperation.DELETE_MESSAGE_BATCH;
import static voltage.local.simulation.cloud.CloudOperation.PUT_ITEM;
import static voltage.local.simulation.cloud.CloudOperation.RECEIVE_MESSAGE;
import static voltage.local.simulation.cloud.CloudOperation.SEND_MESSAGE;
import static voltage.local.simulation.cloud.CloudOperation.SEND_MESSAGE_BATCH;
import static voltage.local.simulation.cloud.CloudOperation.TRANSACT_WRITE_ITEMS;
import static voltage.local.simulation.cloud.CloudOperation.UPDATE_ITEM;

import java.util.EnumSet;
import java.util.Set;

/** What can go wrong with a call, as its caller sees it once the SDK's own attempts are used up. */
public enum Fault {
    /** Nothing happened: no connection. The caller cannot tell it from {@link #ANSWER_LOST}. */
    UNREACHABLE,
    /** Refused for its rate; nothing happened. */
    THROTTLED,
    /** The service failed with a 500; nothing happened. */
    SERVER_ERROR,
    /** It happened, and the answer was lost. */
    ANSWER_LOST,
    /** It happened, the answer was lost, and the SDK's next attempt, with the same token, got the answer that the caller sees. */
    REPEATED,
    /** The calling process dies before it. */
    DEATH_BEFORE,
    /** The calling process dies after it happened. */
    DEATH_AFTER,
    /** Another transaction holds one of the items; nothing happened. */
    TRANSACTION_CONFLICT(PUT_ITEM, UPDATE_ITEM, DELETE_ITEM, TRANSACT_WRITE_ITEMS),
    /** The transaction was cancelled because one item's partition is throttled. */
    TRANSACTION_THROTTLED(TRANSACT_WRITE_ITEMS),
    /** The first condition is answered as not fulfilled, whatever is there. A call without conditions is let pass. */
    CONDITION_FAILED(PUT_ITEM, UPDATE_ITEM, DELETE_ITEM, TRANSACT_WRITE_ITEMS),
    /** Only the first half of a batch, rounded down, is carried out; the answer says what is left. */
    HALF_DONE(BATCH_GET_ITEM, SEND_MESSAGE_BATCH, DELETE_MESSAGE_BATCH, CHANGE_MESSAGE_VISIBILITY_BATCH),
    /** Too many messages in flight; nothing is received. */
    OVER_LIMIT(RECEIVE_MESSAGE),
    /** Nothing is received although something may be there. */
    EMPTY_RECEIVE(RECEIVE_MESSAGE),
    /** Answered as deleted, and comes again when its visibility time-out is over. */
    DELETE_LOST(DELETE_MESSAGE, DELETE_MESSAGE_BATCH),
    /** Sent, and for a while not to be received; see {@link Verdict.Delayed}. */
    DELAYED_DELIVERY(SEND_MESSAGE, SEND_MESSAGE_BATCH);

    private final Set<CloudOperation> operations;

    Fault() {
        operations = EnumSet.allOf(CloudOperation.class);
    }

    Fault(CloudOperation first, CloudOperation... more) {
        operations = EnumSet.of(first, more);
    }

    /** Whether this can happen to such a call at all. */
    public boolean appliesTo(CloudOperation operation) {
        return operations.contains(operation);
    }
}
