package voltage.local.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import voltage.local.session.ImportProgress;
import voltage.local.session.ImportResult;
import voltage.local.session.SessionException;
import voltage.local.session.SessionImport;

@Command(name = "import", description = "Turns a folder of recordings into sessions, one per contiguous capture.")
final class ImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "folder with kalshi_ws_*, ticks, candles, markets")
    private Path data = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "where the session folders go")
    private Path out = Path.of("");

    @Override
    public Integer call() {
        PrintWriter terminal = spec.commandLine().getOut();
        ImportResult result;
        try {
            result = new SessionImport(data, out, new Printed(terminal)).run();
        } catch (SessionException e) {
            if (DiskFull.message(e, out).isPresent()) {
                throw Refusal.of(e, out);
            }
            throw new Refusal(ExitCode.CONFIGURATION, e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
        result.problems().forEach(problem -> terminal.println("problem: " + problem));
        if (result.isEmpty()) {
            throw new Refusal(
                    ExitCode.FAILURE, "nothing could be imported from " + data + "; the problems are listed above");
        }
        terminal.println(result.sessions().size() + " sessions in " + out
                + (result.problems().isEmpty()
                        ? ""
                        : ", with " + result.problems().size() + " problems"));
        terminal.println("Next: ./voltage demo --session "
                + out.resolve(result.sessions().getFirst().name()));
        return ExitCode.OK;
    }

    private record Printed(PrintWriter out) implements ImportProgress {
        @Override
        public void reading(Path file, int number, int of) {
            out.println("reading " + number + "/" + of + "  " + file.getFileName());
        }

        @Override
        public void wrote(ImportResult.ImportedSession session) {
            out.println("  " + session.name() + "  " + session.markets().size() + " markets"
                    + (session.missing().isEmpty() ? "" : "  missing: " + String.join("; ", session.missing())));
        }
    }
}
