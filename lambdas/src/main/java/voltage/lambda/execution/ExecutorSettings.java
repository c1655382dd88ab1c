package voltage.lambda.execution;

/**
 * The executor's bounds.
 *
 * @param fillPolls how often the fills of an answered order are read before they are left for later
 * @param asks how often an unknown outcome is asked for in one round
 * @param pauseNanos between two reads of the same thing
 * @param freshMarginNanos how far the exchange's data must have moved past the send before "not there" counts; covers transit and
 *     read lag
 * @param acceptNanos how long after it was sent a request may still be accepted, because its signature is valid for so long: "not there"
 *     says nothing before the exchange's own data have passed that
 * @param agreeingAsks answers "not there" on such data that it takes
 * @param maxRounds rounds of asking after which an unknown outcome becomes an alert, owned by reconciliation
 * @param roundNanos time that one round may take before no further question is begun; also what an exit may spend on earlier orders
 * @param lookbackNanos how far back reconciliation reads fills
 */
public record ExecutorSettings(
        int fillPolls,
        int asks,
        long pauseNanos,
        long freshMarginNanos,
        long acceptNanos,
        int agreeingAsks,
        int maxRounds,
        long roundNanos,
        long lookbackNanos) {
    /** About three seconds a round, which leaves a ten-second Lambda time for two. */
    public static final ExecutorSettings DEFAULT =
            new ExecutorSettings(
            6, 8, 400_000_000L, 1_500_000_000L, 10_000_000_000L, 2, 5, 4_000_000_000L, 86_400_000_000_000L);

    public ExecutorSettings {
        if (fillPolls <= 0 || asks <= 0 || pauseNanos <= 0 || agreeingAsks <= 0 || maxRounds <= 0) {
            throw new IllegalArgumentException("polls, asks, pause, agreeing asks and rounds must be above 0, was "
                    + fillPolls + ", " + asks + ", " + pauseNanos + ", " + agreeingAsks + ", " + maxRounds);
        }
    }
}
