package voltage.local.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import voltage.engine.Engine;
import voltage.local.play.PlayException;
import voltage.local.play.PlayRun;
import voltage.order.Account;
import voltage.store.journal.JournalDamagedException;
import voltage.store.journal.JournalReader;
import voltage.worker.replay.JournalReplay;
import voltage.worker.report.DecisionLog;
import voltage.worker.report.RunSummary;
import voltage.worker.report.Summaries;
import voltage.worker.report.TradeLog;

@Command(
        name = "replay",
        description = {
            "Runs the engine as fast as it goes. Over a run's folder: its journal, with the production parsers.",
            "Over a session's folder: the session in memory, with the same exchange and executor as the demo."
        })
final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--session",
            paramLabel = "DIR",
            description = "a session's folder, or the folder of a run; built-in simulation by default")
    private @Nullable Path session;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "where decisions.jsonl and summary.json go")
    private Path out = Path.of("");

    @Mixin
    private ModelOptions models = new ModelOptions();

    @Override
    public Integer call() {
        PrintWriter terminal = spec.commandLine().getOut();
        RunSummary summary;
        try {
            summary = session != null && PlayRun.isRun(session)
                    ? ofJournal(session)
                    : new PlayRun(
                                    Sessions.open(session),
                                    out,
                                    PlayRun.Mode.SIMULATION,
                                    Double.POSITIVE_INFINITY,
                                    models.choice(),
                                    new TerminalWatcher(terminal))
                            .run();
        } catch (PlayException | JournalDamagedException e) {
            throw new Refusal(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()), e);
        } catch (IOException | RuntimeException e) {
            throw Refusal.of(e, out);
        }
        SummaryText.print(summary, terminal);
        terminal.println("  written to " + out.resolve("summary.json"));
        return summary.isGood() ? ExitCode.OK : ExitCode.FAILURE;
    }

    private RunSummary ofJournal(Path run) {
        long began = System.nanoTime();
        PlayRun.About about = PlayRun.about(run);
        try (DecisionLog log = DecisionLog.create(out.resolve("decisions.jsonl"));
                TradeLog trades = TradeLog.create(out.resolve("trades.jsonl"))) {
            JournalReplay replay = new JournalReplay(log::decided, trades::ended, event -> {});
            replay.run(run.resolve("journal"), JournalReader.OnDamage.STOP);
            Engine engine = replay.pipeline().engine();
            if (engine == null) {
                throw new PlayException(
                        run.resolve("journal") + " holds no start of a worker; is it the folder of a run?");
            }
            Account account = engine.account();
            String digest = log.digest();
            String made = about.decisionDigest();
            List<String> alerts = new ArrayList<>(replay.alerts());
            if (made != null && !made.equals(digest)) {
                alerts.add("the journal gives other decisions than " + run + " says were made: " + digest
                        + " instead of " + made);
            }
            RunSummary summary = Summaries.of(
                    new Summaries.Surroundings(
                            about.source(),
                            about.session(),
                            "replay",
                            account,
                            null,
                            null,
                            null,
                            null,
                            made == null ? null : made.equals(digest),
                            Map.of(),
                            "session",
                            replay.starts(),
                            (System.nanoTime() - began) / 1e9,
                            List.of(),
                            List.copyOf(alerts)),
                    replay.pipeline(),
                    replay.tally(),
                    replay.score(),
                    replay.latency(),
                    log.count(),
                    digest);
            summary.write(out.resolve("summary.json"));
            return summary;
        }
    }
}
