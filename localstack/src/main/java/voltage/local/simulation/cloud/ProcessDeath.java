package voltage.local.simulation.cloud;

/**
 * The calling process dies here. An error, so that nothing under test can mistake it for a failure to handle; whoever drives the
 * process catches it and makes a new one from what is durable.
 */
public final class ProcessDeath extends Error {
    private static final long serialVersionUID = 1L;

    public ProcessDeath(String where) {
        super(where, null, false, false);
    }
}
