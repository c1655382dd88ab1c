package voltage.worker.dashboard;

import java.util.List;

/** A source that shows what the test says. */
final class ScriptedSource implements DashboardSource {
    private volatile DashboardSnapshot snapshot;
    private volatile boolean isBroken;

    ScriptedSource(DashboardSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    void show(DashboardSnapshot next) {
        isBroken = false;
        snapshot = next;
    }

    void breakDown() {
        isBroken = true;
    }

    @Override
    public DashboardSnapshot snapshot() {
        if (isBroken) {
            throw new IllegalStateException("the engine has left no snapshot");
        }
        return snapshot;
    }

    @Override
    public List<DecisionView> recentDecisions(int limit) {
        return snapshot.decisions().stream().limit(limit).toList();
    }
}
