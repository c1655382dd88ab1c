package voltage.local.cli;

import java.io.PrintWriter;
import java.time.Instant;
import voltage.engine.Decision;
import voltage.engine.EngineOutput;
import voltage.engine.Verdict;
import voltage.local.bench.Bench;
import voltage.local.play.PlayRun;
import voltage.market.MarketEvent;
import voltage.worker.report.RunSummary;

/** Prints how a run goes: a line a session minute, and every trade. */
class TerminalWatcher implements PlayRun.Watcher {
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final PrintWriter out;
    private long lastMinute = Long.MIN_VALUE;
    private long decisions;

    TerminalWatcher(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void progress(PlayRun.Progress progress) {
        long minute = Math.floorDiv(progress.nowNanos(), MINUTE_NANOS);
        if (minute != lastMinute) {
            lastMinute = minute;
            long share = 100
                    * (progress.nowNanos() - progress.startNanos())
                    / Math.max(1, progress.endNanos() - progress.startNanos());
            out.println(time(progress.nowNanos()) + "  " + Math.min(100, share) + " %  " + decisions + " decisions, "
                    + progress.fills() + " fills");
        }
    }

    @Override
    public void decided(Decision decision) {
        decisions++;
        if (decisions == 1) {
            out.println(Bench.FIRST_DECISION + time(decision.nanos()) + "  " + decision.ticker());
        }
        if (decision.verdict() == Verdict.ENTER || decision.verdict() == Verdict.EXIT) {
            out.println(time(decision.nanos()) + "  " + decision.ticker() + "  " + decision.words());
        }
    }

    @Override
    public void status(EngineOutput.Status status) {
        if (status.level() == EngineOutput.Status.Level.ALERT) {
            out.println(time(status.nanos()) + "  ALERT " + status.ticker() + " " + status.text());
        }
    }

    @Override
    public void on(MarketEvent event) {}

    @Override
    public void started(PlayRun.Inside inside) {}

    @Override
    public void ended(RunSummary summary) {}

    private static String time(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L)).toString();
    }
}
