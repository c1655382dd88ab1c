package voltage.local.play;

import voltage.engine.Decision;
import voltage.engine.EngineOutput;
import voltage.market.MarketEvent;
import voltage.worker.report.RunSummary;

/** Watches and says nothing. */
public final class SilentWatcher implements PlayRun.Watcher {
    @Override
    public void progress(PlayRun.Progress progress) {}

    @Override
    public void decided(Decision decision) {}

    @Override
    public void status(EngineOutput.Status status) {}

    @Override
    public void started(PlayRun.Inside inside) {}

    @Override
    public void on(MarketEvent event) {}

    @Override
    public void ended(RunSummary summary) {}
}
