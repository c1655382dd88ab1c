package voltage.order;

import java.util.List;
import java.util.function.Consumer;

/** A lane's queue of execution reports, from the executor to the worker, in order. */
public interface ReportQueue {
    /** Returns when the queue has the reports durably, in this order. */
    void send(Lane lane, List<ExecutionReport> reports);

    /**
     * Hands every waiting message (a JSON text as UTF-8 bytes, journalled as received) to the consumer and removes it once the
     * consumer has returned.
     *
     * @return how many there were
     */
    int receive(Lane lane, Consumer<byte[]> consumer);
}
