package voltage.local.play;

import voltage.local.session.Session;
import voltage.market.EventSink;
import voltage.market.MarketEvent;
import voltage.order.ExecutionReport;

/** Hands every event to the watcher, and tells it once a second how far the run is. */
final class ProgressTap implements EventSink {
    private final PlayRun.Watcher watcher;
    private final Session session;
    private final VirtualTime time;
    private long fills;

    ProgressTap(PlayRun.Watcher watcher, Session session, VirtualTime time) {
        this.watcher = watcher;
        this.session = session;
        this.time = time;
    }

    @Override
    public void on(MarketEvent event) {
        watcher.on(event);
        switch (event) {
            case ExecutionReport.Filled filled -> fills += filled.fills().size();
            case MarketEvent.Timer timer ->
                watcher.progress(
                        new PlayRun.Progress(time.nowNanos(), session.startNanos(), session.endNanos(), fills));
            default -> {}
        }
    }
}
