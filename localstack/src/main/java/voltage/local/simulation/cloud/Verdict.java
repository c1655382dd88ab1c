package voltage.local.simulation.cloud;

import java.util.Arrays;

/** What is to become of a call. */
public sealed interface Verdict {
    Verdict PASS = new Pass();

    /** It goes well, as far as its caller asked for something possible. */
    record Pass() implements Verdict {}

    /** It goes wrong. Made by {@link #of}. */
    record Injected(Fault fault) implements Verdict {
        private static final Injected[] ALL =
                Arrays.stream(Fault.values()).map(Injected::new).toArray(Injected[]::new);
    }

    /**
     * A sent message is accepted, and it and the later ones of its group wait.
     *
     * @param nanos for how long, positive
     */
    record Delayed(long nanos) implements Verdict {
        public Delayed {
            if (nanos <= 0) {
                throw new IllegalArgumentException("a delivery is delayed by more than 0 ns, was " + nanos);
            }
        }
    }

    /** Without allocating. */
    static Verdict of(Fault fault) {
        if (fault == Fault.DELAYED_DELIVERY) {
            throw new IllegalArgumentException("a delayed delivery needs its delay: use Verdict.Delayed");
        }
        return Injected.ALL[fault.ordinal()];
    }
}
