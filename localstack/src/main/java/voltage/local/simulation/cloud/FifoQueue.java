package voltage.local.simulation.cloud;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import voltage.store.cloud.CloudResources;

/**
 * One FIFO queue. A group is locked while a message of it is in flight; a message that is not removed before its visibility
 * time-out is over takes its old place again; one received too often goes to the dead letters instead of being received again.
 */
final class FifoQueue {
    static final int MAX_IN_FLIGHT = 20_000;
    private static final long DEDUPLICATION_NANOS = 5 * 60 * 1_000_000_000L;

    private final CloudResources.Queue definition;
    private final Optional<FifoQueue> deadLetters;
    private final int maxMessages;
    private final Map<String, ArrayDeque<FifoMessage>> groups = new LinkedHashMap<>();
    private final Map<Long, FifoMessage> bySequence = new HashMap<>();
    private final LinkedHashMap<String, FifoMessage> sentLately = new LinkedHashMap<>();
    private long sequence;
    private long receipts;

    FifoQueue(CloudResources.Queue definition, Optional<FifoQueue> deadLetters, int maxMessages) {
        this.definition = definition;
        this.deadLetters = deadLetters;
        this.maxMessages = maxMessages;
    }

    CloudResources.Queue definition() {
        return definition;
    }

    boolean isFull() {
        return bySequence.size() >= maxMessages;
    }

    int size() {
        return bySequence.size();
    }

    int inFlight(long nowNanos) {
        int count = 0;
        for (FifoMessage message : bySequence.values()) {
            count += message.isInFlight(nowNanos) ? 1 : 0;
        }
        return count;
    }

    int delayed(long nowNanos) {
        int count = 0;
        for (FifoMessage message : bySequence.values()) {
            count += message.isDelayed(nowNanos) ? 1 : 0;
        }
        return count;
    }

    /** What is in the queue, in the order of sending. */
    List<String> bodies() {
        return bySequence.values().stream()
                .sorted(java.util.Comparator.comparingLong(FifoMessage::sequence))
                .map(FifoMessage::body)
                .toList();
    }

    /** The message that has this deduplication id since less than five minutes. */
    Optional<FifoMessage> sentLately(String deduplicationId, long nowNanos) {
        Iterator<FifoMessage> oldest = sentLately.values().iterator();
        while (oldest.hasNext() && oldest.next().sentNanos() + DEDUPLICATION_NANOS <= nowNanos) {
            oldest.remove();
        }
        return Optional.ofNullable(sentLately.get(deduplicationId));
    }

    FifoMessage send(String group, String deduplicationId, String body, long delayNanos, long nowNanos) {
        FifoMessage message = new FifoMessage(
                ++sequence,
                definition.name() + "-" + sequence,
                group,
                deduplicationId,
                body,
                nowNanos,
                nowNanos + delayNanos);
        add(message);
        sentLately.put(deduplicationId, message);
        return message;
    }

    private void add(FifoMessage message) {
        groups.computeIfAbsent(message.group(), name -> new ArrayDeque<>()).add(message);
        bySequence.put(message.sequence(), message);
    }

    /** Takes messages of as few groups as possible, the longest waiting group first; each is hidden from now on. */
    List<FifoMessage> receive(int max, long visibilityNanos, long nowNanos) {
        expire(nowNanos);
        List<FifoMessage> received = new ArrayList<>();
        List<ArrayDeque<FifoMessage>> ready = new ArrayList<>();
        for (ArrayDeque<FifoMessage> group : groups.values()) {
            if (readyNanos(group) <= nowNanos) {
                ready.add(group);
            }
        }
        ready.sort(java.util.Comparator.comparingLong(group -> group.getFirst().sequence()));
        for (ArrayDeque<FifoMessage> group : ready) {
            take(group, max, visibilityNanos, nowNanos, received);
        }
        groups.values().removeIf(ArrayDeque::isEmpty);
        return received;
    }

    private void take(
            ArrayDeque<FifoMessage> group, int max, long visibilityNanos, long nowNanos, List<FifoMessage> received) {
        Iterator<FifoMessage> messages = group.iterator();
        while (messages.hasNext() && received.size() < max) {
            FifoMessage message = messages.next();
            if (message.isDelayed(nowNanos)) {
                return;
            }
            int allowed = definition
                    .deadLetters()
                    .map(CloudResources.DeadLetters::maxReceiveCount)
                    .orElse(Integer.MAX_VALUE);
            if (message.receiveCount() >= allowed && deadLetters.isPresent()) {
                messages.remove();
                bySequence.remove(message.sequence());
                deadLetters.get().bury(message);
            } else {
                message.receive(++receipts, nowNanos, nowNanos + visibilityNanos);
                received.add(message);
            }
        }
    }

    /** Takes over what another queue gave up; it stays what it was. */
    private void bury(FifoMessage message) {
        add(message.buried(++sequence));
    }

    private void expire(long nowNanos) {
        long retention = definition.retention().toNanos();
        for (ArrayDeque<FifoMessage> group : groups.values()) {
            while (!group.isEmpty() && group.getFirst().sentNanos() + retention <= nowNanos) {
                bySequence.remove(group.removeFirst().sequence());
            }
        }
        groups.values().removeIf(ArrayDeque::isEmpty);
    }

    /** When a group's first message can be received if nobody removes anything: never earlier than its latest one in flight is back. */
    private static long readyNanos(ArrayDeque<FifoMessage> group) {
        long ready = group.getFirst().visibleNanos();
        for (FifoMessage message : group) {
            if (!message.wasReceived()) {
                // Messages are received from the front, so none behind it is in flight.
                break;
            }
            ready = Math.max(ready, message.visibleNanos());
        }
        return ready;
    }

    /** When something can be received next; {@link Long#MAX_VALUE} for never. */
    long nextNanos() {
        long next = Long.MAX_VALUE;
        for (ArrayDeque<FifoMessage> group : groups.values()) {
            next = Math.min(next, readyNanos(group));
        }
        return next;
    }

    void expireVisibility(long atNanos) {
        bySequence.values().stream()
                .filter(message -> message.isInFlight(atNanos))
                .forEach(message -> message.hideUntil(atNanos));
    }

    Optional<FifoMessage> find(long wantedSequence) {
        return Optional.ofNullable(bySequence.get(wantedSequence));
    }

    /** Whether a message was ever here under this number. */
    boolean hasGiven(long askedSequence) {
        return askedSequence >= 1 && askedSequence <= sequence;
    }

    void remove(FifoMessage message) {
        bySequence.remove(message.sequence());
        ArrayDeque<FifoMessage> group = groups.get(message.group());
        if (group != null) {
            group.remove(message);
            if (group.isEmpty()) {
                groups.remove(message.group());
            }
        }
    }
}
