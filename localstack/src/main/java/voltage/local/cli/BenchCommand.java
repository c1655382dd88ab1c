package voltage.local.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import voltage.local.bench.Bench;

@Command(name = "bench", description = "Measures this machine: frame to decision, and replay, each beside a baseline.")
final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "decision or replay; both by default")
    private @Nullable String name;

    @Option(
            names = "--session",
            paramLabel = "DIR",
            description = "a session made by import; a built-in simulation by default")
    private @Nullable Path session;

    @Option(names = "--json", description = "one JSON object, times in nanoseconds")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            var report = Bench.run(Sessions.open(session), names(), step -> err.println("bench: " + step));
            if (json) {
                out.println(report.json());
            } else {
                report.print(out);
            }
            return ExitCode.OK;
        } catch (IOException e) {
            throw new Refusal(ExitCode.FAILURE, String.valueOf(e.getMessage()), e);
        }
    }

    private Set<Bench.Name> names() {
        if (name == null) {
            return EnumSet.allOf(Bench.Name.class);
        }
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "decision" -> EnumSet.of(Bench.Name.DECISION);
            case "replay" -> EnumSet.of(Bench.Name.REPLAY);
            default ->
                throw new ParameterException(
                        spec.commandLine(), "a benchmark is \"decision\" or \"replay\", was \"" + name + "\"");
        };
    }
}
