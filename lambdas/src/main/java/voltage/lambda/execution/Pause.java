package voltage.lambda.execution;

/** Waits; virtual in simulations and tests. */
@FunctionalInterface
public interface Pause {
    /** Returns after this many nanoseconds. */
    void pause(long nanos);
}
