package voltage.worker.dashboard;

import java.util.List;

/**
 * What the page shows. The worker implements it; the server knows nothing of the engine.
 *
 * <p>Both methods are called from the server's threads, at most about five times a second together with one call for each
 * request: they must be safe for that and quick, and must not wait for the engine (hand out the newest snapshot that the
 * engine's thread left). An exception is shown on the page and never stops the server.
 */
public interface DashboardSource {
    /** The state now. Equal snapshots are not sent again. */
    DashboardSnapshot snapshot();

    /**
     * The newest decisions, newest first.
     *
     * @param limit at most so many, 1 to 1000
     */
    List<DecisionView> recentDecisions(int limit);
}
