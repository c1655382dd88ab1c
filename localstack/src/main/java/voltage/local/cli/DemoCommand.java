package voltage.local.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import voltage.local.play.PlayException;
import voltage.local.play.PlayRun;
import voltage.local.session.Session;
import voltage.local.session.SimulatedSession;
import voltage.store.journal.JournalFullException;
import voltage.worker.report.RunSummary;

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
        terminal.println(opened.source() + " session " + opened.name()
                + (opened.source() == Session.Source.SIMULATED
                        ? ": prices, books and results are made up by a seeded simulation"
                        : ""));
        opened.missing().forEach(missing -> terminal.println("missing: " + missing));
        try {
            RunSummary summary = run(opened, folder, terminal);
            SummaryText.print(summary, terminal);
            terminal.println("  written to " + folder.resolve("summary.json"));
            boolean isGood = summary.booksBalance() && PlayRun.isReproducible(summary);
            return isGood ? ExitCode.OK : ExitCode.FAILURE;
        } catch (PlayException e) {
            throw new Refusal(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()), e);
        } catch (JournalFullException | IOException | UncheckedIOException e) {
            throw new Refusal(ExitCode.FAILURE, String.valueOf(e.getMessage()), e);
        }
    }

    private RunSummary run(Session opened, Path folder, PrintWriter terminal) throws IOException {
        TerminalWatcher watcher = new TerminalWatcher(terminal);
        return new PlayRun(opened, folder, PlayRun.Mode.DEMO, speed(), watcher).run();
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
