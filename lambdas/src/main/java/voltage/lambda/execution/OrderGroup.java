package voltage.lambda.execution;

/**
 * The exchange's own limit on a lane, which holds even if every check of ours is wrong: if more of a group's orders is matched within 15
 * seconds than its limit, the exchange cancels what of them rests and takes no more until the group is opened again.
 *
 * <p>Every entry belongs to the lane's group; exits never do, so that a closed group holds nobody in a position. The account is the
 * lane's alone: all groups on its shard are closed and opened together, and one of them is used. Nothing here throws for what
 * the exchange does.
 */
public interface OrderGroup {
    /** What became of a request. */
    sealed interface Answer {
        /** @param text what is so now, for the operator */
        record Done(String text) implements Answer {}

        /** It is not known to be so; asking again does no harm. */
        record Failed(String why) implements Answer {}
    }

    /** Whether this process knows the group that entries will join. */
    boolean isKnown();

    /**
     * Finds the group by listing, or makes one, and gives it this limit if it has another; entries join it from then on. Known already, it
     * costs no request.
     *
     * @param limitE2 hundredths of a contract, whole contracts
     */
    Answer obtain(long limitE2);

    /** Closes it: what rests in it is cancelled, what arrives is refused. For use by another thread too. */
    Answer trigger();

    /** Opens it again. */
    Answer reset();
}
