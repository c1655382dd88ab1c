package voltage.local.simulation.cloud;

/** A message of a FIFO queue: what was sent, and how its receivers fared. */
final class FifoMessage {
    private final long sequence;
    private final String id;
    private final String group;
    private final String deduplicationId;
    private final String body;
    private final long sentNanos;
    private long visibleNanos;
    private int receiveCount;
    private long firstReceivedNanos;
    private long receipt;

    FifoMessage(
            long sequence,
            String id,
            String group,
            String deduplicationId,
            String body,
            long sentNanos,
            long visibleNanos) {
        this.sequence = sequence;
        this.id = id;
        this.group = group;
        this.deduplicationId = deduplicationId;
        this.body = body;
        this.sentNanos = sentNanos;
        this.visibleNanos = visibleNanos;
    }

    /** The same message in another queue, to be received there at once. */
    FifoMessage buried(long newSequence) {
        FifoMessage message = new FifoMessage(newSequence, id, group, deduplicationId, body, sentNanos, 0);
        message.receiveCount = receiveCount;
        message.firstReceivedNanos = firstReceivedNanos;
        return message;
    }

    long sequence() {
        return sequence;
    }

    String id() {
        return id;
    }

    String group() {
        return group;
    }

    String deduplicationId() {
        return deduplicationId;
    }

    String body() {
        return body;
    }

    long sentNanos() {
        return sentNanos;
    }

    int receiveCount() {
        return receiveCount;
    }

    long firstReceivedNanos() {
        return firstReceivedNanos;
    }

    long visibleNanos() {
        return visibleNanos;
    }

    /** The number of its last reception, 0 before the first one in this queue. */
    long receipt() {
        return receipt;
    }

    boolean wasReceived() {
        return receipt > 0;
    }

    boolean isInFlight(long nowNanos) {
        return wasReceived() && visibleNanos > nowNanos;
    }

    boolean isDelayed(long nowNanos) {
        return !wasReceived() && visibleNanos > nowNanos;
    }

    void receive(long newReceipt, long nowNanos, long untilNanos) {
        if (receiveCount == 0) {
            firstReceivedNanos = nowNanos;
        }
        receiveCount++;
        receipt = newReceipt;
        visibleNanos = untilNanos;
    }

    void hideUntil(long nanos) {
        visibleNanos = nanos;
    }
}
