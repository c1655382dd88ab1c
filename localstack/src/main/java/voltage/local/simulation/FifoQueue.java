package voltage.local.simulation;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import voltage.lambda.execution.QueueCare;
import voltage.local.play.VirtualTime;

/**
 * One message group of a FIFO queue as SQS has it: deduplication for five minutes, nothing more of the group while messages are in
 * flight, what is not deleted comes again in order when its visibility time-out is over, and goes to the dead letters when it came
 * too often.
 */
final class FifoQueue implements QueueCare {
    private static final long DEDUPLICATION_NANOS = 300_000_000_000L;
    private static final int MOST_RECEIVED = 5;
    private static final long AGAIN_NANOS = 2 * World.SECOND;

    /** @param receipt of this delivery: an older one deletes nothing */
    record Message(long number, byte[] body, int received, long receipt) {}

    private final VirtualTime time;
    private final long visibilityNanos;
    private final Deque<Message> waiting = new ArrayDeque<>();
    private final List<Message> inFlight = new ArrayList<>();
    private final Map<String, Long> seenNanos = new HashMap<>();
    private final List<Message> deadLetters = new ArrayList<>();
    private long visibleNanos;
    private long numbers;
    private long receipts;

    FifoQueue(VirtualTime time, long visibilityNanos) {
        this.time = time;
        this.visibilityNanos = visibilityNanos;
    }

    void send(String deduplicationId, byte[] body) {
        Long seen = seenNanos.get(deduplicationId);
        if (seen != null && time.nowNanos() - seen < DEDUPLICATION_NANOS) {
            return;
        }
        seenNanos.put(deduplicationId, time.nowNanos());
        waiting.addLast(new Message(++numbers, body, 0, 0));
    }

    List<Message> receive(int most) {
        giveBackExpired();
        if (!inFlight.isEmpty()) {
            return List.of();
        }
        receipts++;
        while (inFlight.size() < most && !waiting.isEmpty()) {
            Message next = waiting.removeFirst();
            if (next.received() >= MOST_RECEIVED) {
                deadLetters.add(next);
            } else {
                inFlight.add(new Message(next.number(), next.body(), next.received() + 1, receipts));
            }
        }
        visibleNanos = time.nowNanos() + visibilityNanos;
        return List.copyOf(inFlight);
    }

    private void giveBackExpired() {
        if (!inFlight.isEmpty() && time.nowNanos() >= visibleNanos) {
            for (Message message : inFlight.reversed()) {
                waiting.addFirst(message);
            }
            inFlight.clear();
        }
    }

    /** Does nothing with a receipt that is too old. */
    void delete(Message message) {
        inFlight.removeIf(held -> held.number() == message.number() && held.receipt() == message.receipt());
    }

    /** It stays in flight until the handler has answered; a second copy among the dead letters says why it was acknowledged. */
    @Override
    public void setAside(SQSMessage message) {
        for (Message held : inFlight) {
            if (Long.toString(held.number()).equals(message.getMessageId())) {
                deadLetters.add(held);
            }
        }
    }

    @Override
    public void deliverAgainSoon(List<SQSMessage> messages) {
        visibleAfter(AGAIN_NANOS);
    }

    /** What is in flight can be received again after so long. */
    void visibleAfter(long nanos) {
        visibleNanos = Math.min(visibleNanos, time.nowNanos() + nanos);
    }

    boolean isInFlight() {
        return !inFlight.isEmpty();
    }

    /** When something can be received; {@link Long#MAX_VALUE} if nothing waits. */
    long receivableNanos() {
        if (!inFlight.isEmpty()) {
            return visibleNanos;
        }
        return waiting.isEmpty() ? Long.MAX_VALUE : time.nowNanos();
    }

    int deadLetters() {
        return deadLetters.size();
    }
}
