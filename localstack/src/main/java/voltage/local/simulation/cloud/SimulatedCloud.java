package voltage.local.simulation.cloud;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import voltage.store.cloud.CloudResources;

/**
 * The tables and queues of a stage in memory, on a clock that somebody else moves. Every process gets clients of its own, each with
 * its own faults; an auditor's has none. One thread; nothing in it depends on anything but the calls and the clock.
 */
public final class SimulatedCloud {
    /**
     * @param pageBytes after which a query's page ends; 1 MiB at AWS, small to see paging
     * @param maxMessages a queue holds; sending more is refused with {@code OverLimit}
     */
    public record Options(int pageBytes, int maxMessages) {
        public static final Options DEFAULT = new Options(1024 * 1024, 100_000);

        public Options {
            if (pageBytes < 1 || maxMessages < 1) {
                throw new IllegalArgumentException("a page and a queue hold at least 1, was " + pageBytes
                        + " bytes and " + maxMessages + " messages");
            }
        }
    }

    private final Tables tables;
    private final Map<String, FifoQueue> queues = new LinkedHashMap<>();
    private final LongSupplier nowNanos;
    private final CloudCounters counters = new CloudCounters();

    /** @param nowNanos virtual time, epoch nanoseconds; may go forward only */
    public SimulatedCloud(CloudResources resources, LongSupplier nowNanos, Options options) {
        this.nowNanos = nowNanos;
        this.tables = new Tables(resources.tables(), nowNanos, options.pageBytes());
        // Dead letters stand before the queues that refer to them.
        for (CloudResources.Queue queue : resources.queues()) {
            Optional<FifoQueue> deadLetters = queue.deadLetters().map(letters -> {
                FifoQueue target = queues.get(letters.queueName());
                if (target == null) {
                    throw new IllegalArgumentException("queue " + queue.name() + " has the dead letters "
                            + letters.queueName() + ", which must be defined before it");
                }
                return target;
            });
            queues.put(queue.name(), new FifoQueue(queue, deadLetters, options.maxMessages()));
        }
    }

    public SimulatedCloud(CloudResources resources, LongSupplier nowNanos) {
        this(resources, nowNanos, Options.DEFAULT);
    }

    /** A client of DynamoDB; all clients see the same tables. */
    public SimulatedDynamo dynamo(CloudFaults faults) {
        return new SimulatedDynamo(tables, new FaultGate(faults, counters));
    }

    /** A client of SQS; all clients see the same queues. */
    public SimulatedSqs sqs(CloudFaults faults) {
        return new SimulatedSqs(queues, new FaultGate(faults, counters), nowNanos);
    }

    /** Of all clients together. */
    public CloudCounters counters() {
        return counters;
    }

    /** When a message of the queue can be received next, if none is removed or sent; {@link Long#MAX_VALUE} for never. */
    public long nextReceivableNanos(String queueName) {
        return queue(queueName).nextNanos();
    }

    /** All that is in flight can be received again: the visibility time-out was too short, or a clock ran wrong. */
    public void expireVisibility(String queueName) {
        queue(queueName).expireVisibility(nowNanos.getAsLong());
    }

    /** How many messages the queue holds, those in flight included. */
    public int messages(String queueName) {
        return queue(queueName).size();
    }

    /** The bodies of all messages that the queue holds, in the order of sending. */
    public List<String> bodies(String queueName) {
        return queue(queueName).bodies();
    }

    private FifoQueue queue(String name) {
        FifoQueue queue = queues.get(name);
        if (queue == null) {
            throw new IllegalArgumentException("there is no queue " + name + ", there are " + queues.keySet());
        }
        return queue;
    }
}
