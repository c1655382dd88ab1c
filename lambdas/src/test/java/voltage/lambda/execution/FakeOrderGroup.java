package voltage.lambda.execution;

import java.util.ArrayDeque;

/** The order group of the fake exchange: it is there or not, and open or not; its answers can be made to fail. */
final class FakeOrderGroup implements OrderGroup {
    private final VirtualTime time;
    /** As the process knows it. */
    boolean isKnown;
    /** As the exchange has it. */
    boolean isThere;

    boolean isClosed;
    long limitE2;
    /** How long each request takes. */
    long requestNanos;

    int obtains;
    int triggers;
    int resets;

    /** Why the next requests fail, one after the other. */
    final ArrayDeque<String> failures = new ArrayDeque<>();

    boolean isBroken;
    Runnable onceReset = () -> {};
    Runnable onceFailed = () -> {};

    FakeOrderGroup(VirtualTime time) {
        this.time = time;
    }

    @Override
    public boolean isKnown() {
        return isKnown;
    }

    @Override
    public Answer obtain(long limit) {
        obtains++;
        String why = failure();
        if (!why.isEmpty()) {
            return new Answer.Failed(why);
        }
        isThere = true;
        isKnown = true;
        limitE2 = limit;
        return new Answer.Done("order group g1");
    }

    @Override
    public Answer trigger() {
        triggers++;
        String why = failure();
        if (!why.isEmpty()) {
            return new Answer.Failed(why);
        }
        isClosed = true;
        return new Answer.Done("order group g1: closed");
    }

    @Override
    public Answer reset() {
        resets++;
        String why = failure();
        if (!why.isEmpty()) {
            return new Answer.Failed(why);
        }
        isClosed = false;
        onceReset.run();
        onceReset = () -> {};
        return new Answer.Done("order group g1: open");
    }

    private String failure() {
        time.pause(requestNanos);
        if (isBroken) {
            throw new IllegalStateException("the adapter is broken");
        }
        String why = failures.poll();
        if (why == null) {
            return "";
        }
        onceFailed.run();
        onceFailed = () -> {};
        return why;
    }
}
