package voltage.lambda.execution;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.util.List;

/**
 * What the handler asks of its queue beyond what the event source mapping does: a lane is one message group, so whatever is left lying
 * holds up all that comes after it, exits included.
 */
public interface QueueCare {
    /**
     * Puts a message that is no command among the dead letters; returns when it is safely there.
     *
     * @throws RuntimeException if it is not: then it must not be acknowledged
     */
    void setAside(SQSMessage message);

    /** Has messages that could not be carried out delivered again soon rather than when their visibility ends. Best effort. */
    void deliverAgainSoon(List<SQSMessage> messages);
}
