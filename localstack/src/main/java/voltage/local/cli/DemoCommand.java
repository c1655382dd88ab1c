package voltage.local.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import voltage.local.play.PlayException;
import voltage.local.play.PlayRun;
import voltage.local.session.Session;
import voltage.local.session.SimulatedSession;
import voltage.worker.dashboard.DashboardServer;
import voltage.worker.dashboard.DashboardSnapshot;
import voltage.worker.dashboard.PortInUseException;
import voltage.worker.inference.Inference;
import voltage.worker.report.RunSummary;
import voltage.worker.view.WorkerView;

@Command(name = "demo", description = "The whole system in one process, on a recorded session or a simulated one.")
final class DemoCommand implements Callable<Integer> {
    private static final double DEFAULT_SPEED = 30;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--session",
            paramLabel = "DIR",
            description = "a session made by import; a built-in simulation by default")
    private @Nullable Path session;

    @Option(names = "--speed", paramLabel = "N|max", description = "session seconds a second; 30 by default")
    private @Nullable String speed;

    @Option(names = "--headless", description = "without the dashboard")
    private boolean headless;

    @Option(names = "--out", paramLabel = "DIR", description = "the run's folder; an unfinished run in it is continued")
    private @Nullable Path out;

    @Option(names = "--port", paramLabel = "N", description = "of the dashboard; 8080 by default")
    private int port = 8080;

    @Mixin
    private ModelOptions models = new ModelOptions();

    @Option(names = "--markets", paramLabel = "N", hidden = true, description = "length of the built-in simulation")
    private int markets = 3;

    @Override
    public Integer call() {
        PrintWriter terminal = spec.commandLine().getOut();
        Session opened = session == null && markets != 3
                ? new SimulatedSession(SimulatedSession.DEFAULT_SEED, markets)
                : Sessions.open(session);
        Path folder = out == null
                ? Path.of("runs", opened.name() + "-" + Instant.now().toString().replace(":", ""))
                : out;
        double pace = speed();
        if (headless) {
            return play(opened, folder, pace, models.choice(), terminal, new TerminalWatcher(terminal));
        }
        WorkerView view = new WorkerView(about(opened, pace), System::nanoTime);
        try (DashboardServer server = DashboardServer.start(port(), view)) {
            terminal.println("dashboard: " + server.uri());
            int code = play(opened, folder, pace, models.choice(), terminal, new DashboardWatcher(terminal, view));
            if (isWatched()) {
                terminal.println("  the dashboard stays at " + server.uri() + " until Ctrl-C");
                new CountDownLatch(1).await();
            }
            return code;
        } catch (PortInUseException e) {
            throw new Refusal(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.OK;
        }
    }

    private static WorkerView.About about(Session session, double pace) {
        DashboardSnapshot.Source source = switch (session.source()) {
            case RECORDED -> DashboardSnapshot.Source.RECORDED;
            case SIMULATED -> DashboardSnapshot.Source.SIMULATED;
        };
        long speedE2 = Double.isInfinite(pace) ? 0 : Math.max(1, Math.round(pace * 100));
        return new WorkerView.About(source, session.name(), speedE2, PlayRun.settings(session));
    }

    private static int play(
            Session session,
            Path folder,
            double pace,
            Inference.Choice models,
            PrintWriter terminal,
            PlayRun.Watcher watcher) {
        terminal.println(session.source() + " session " + session.name()
                + (session.source() == Session.Source.SIMULATED
                        ? ": prices, books and results are made up by a seeded simulation"
                        : ""));
        session.missing().forEach(missing -> terminal.println("missing: " + missing));
        try {
            RunSummary summary = new PlayRun(session, folder, PlayRun.Mode.DEMO, pace, models, watcher).run();
            SummaryText.print(summary, terminal);
            terminal.println("  written to " + folder.resolve("summary.json"));
            return summary.isGood() ? ExitCode.OK : ExitCode.FAILURE;
        } catch (PlayException e) {
            throw new Refusal(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()), e);
        } catch (IOException | RuntimeException e) {
            throw Refusal.of(e, folder);
        }
    }

    /** Whether somebody sits at a terminal, who may still want to look when the session is over. */
    private static boolean isWatched() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    private int port() {
        if (port < 0 || port > 65_535) {
            throw new ParameterException(
                    spec.commandLine(), "--port is 1 to 65535, or 0 for any that is free; it was " + port);
        }
        return port;
    }

    private double speed() {
        String text = speed;
        if (text == null) {
            return DEFAULT_SPEED;
        }
        if (text.toLowerCase(Locale.ROOT).equals("max")) {
            return Double.POSITIVE_INFINITY;
        }
        try {
            double value = Double.parseDouble(text);
            if (value > 0 && !Double.isInfinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, together with numbers that make no speed.
        }
        throw new ParameterException(
                spec.commandLine(), "--speed is a number above 0, or max; it was \"" + text + "\"");
    }
}
