package voltage.kalshi.rest;

/**
 * What became of a request that changes something. Such a request is sent once; whoever meets {@link Unknown} must ask the exchange
 * what happened before doing anything else.
 */
public sealed interface Outcome<T> {
    /** The exchange did it, and said so. */
    record Accepted<T>(T answer) implements Outcome<T> {}

    /** It was not done. */
    record Rejected<T>(KalshiError error) implements Outcome<T> {}

    /**
     * It may have been done or not: no answer, a failure of the server, or an answer that cannot be believed.
     *
     * @param httpStatus 0 if no answer came
     */
    record Unknown<T>(String cause, int httpStatus) implements Outcome<T> {}
}
