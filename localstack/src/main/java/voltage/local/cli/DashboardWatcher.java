package voltage.local.cli;

import java.io.PrintWriter;
import voltage.engine.Decision;
import voltage.engine.EngineOutput;
import voltage.local.play.PlayRun;
import voltage.market.MarketEvent;
import voltage.worker.report.RunSummary;
import voltage.worker.view.WorkerView;

/** Prints how a run goes and shows it on the dashboard. */
final class DashboardWatcher extends TerminalWatcher {
    private final WorkerView view;

    DashboardWatcher(PrintWriter out, WorkerView view) {
        super(out);
        this.view = view;
    }

    @Override
    public void on(MarketEvent event) {
        view.on(event);
    }

    @Override
    public void decided(Decision decision) {
        super.decided(decision);
        view.decided(decision);
    }

    @Override
    public void status(EngineOutput.Status status) {
        super.status(status);
        view.status(status);
    }

    @Override
    public void started(PlayRun.Inside inside) {
        view.attach(inside.worker(), inside.feeds());
    }

    @Override
    public void ended(RunSummary summary) {
        view.finished(summary);
    }
}
