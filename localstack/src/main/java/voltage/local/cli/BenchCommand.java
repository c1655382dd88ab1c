package voltage.local.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
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

@Command(
        name = "bench",
        description = {
            "Measures this machine, and says which of the promised figures it keeps.",
            "decision: a delta's bytes to its decision, beside Node. replay: deltas a second over a journal.",
            "start: ./voltage to its first decision, with and without the AOT cache. demo: the whole demo at full speed.",
            "wire: an order decided to its request at the exchange's socket.",
            "inference: a minute to the forecasts of the whole ensemble, beside ONNX Runtime from Node."
        })
final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "decision, replay, start, demo, wire or inference; all by default")
    private @Nullable String name;

    @Option(
            names = "--session",
            paramLabel = "DIR",
            description = "a session made by import; a built-in simulation by default")
    private @Nullable Path session;

    @Option(
            names = "--sessions",
            paramLabel = "DIR",
            description = "for replay: all sessions in this folder, one after the other, with the heap after each")
    private @Nullable Path sessions;

    @Option(names = "--json", description = "one JSON object, times in nanoseconds unless their name says otherwise")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Path all = sessions;
        if (all != null && !Files.isDirectory(all)) {
            throw new Refusal(
                    ExitCode.CONFIGURATION,
                    "--sessions is a folder of sessions made by import, was \"" + all + "\", which is no folder");
        }
        try {
            var request = new Bench.Request(names(), Sessions.open(session), session, all);
            var report = Bench.run(request, step -> {
                err.println("bench: " + step);
                err.flush();
            });
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
        try {
            return EnumSet.of(Bench.Name.valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "a benchmark is \"decision\", \"replay\", \"start\", \"demo\", \"wire\" or \"inference\", was \""
                            + name + "\"",
                    e);
        }
    }
}
