package voltage.local.simulation;

/** A process dies here. An error, so that no code of ours takes it for a failure that it may handle. */
final class Death extends Error {
    private static final long serialVersionUID = 1L;

    Death(String where) {
        super(where, null, false, false);
    }
}
