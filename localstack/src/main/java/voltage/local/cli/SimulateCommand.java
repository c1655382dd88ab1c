package voltage.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import voltage.local.simulation.Simulations;

@Command(
        name = "simulate",
        description = {
            "Plays the whole system under a virtual clock, schedule after schedule, with everything going wrong that can.",
            "With --seed plays one and tells everything that happens. Ends with 1 if a rule was broken."
        })
final class SimulateCommand implements Callable<Integer> {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--seeds", paramLabel = "N", description = "how many schedules; 1000 by default")
    private int seeds = 1_000;

    @Option(names = "--first", paramLabel = "S", description = "the first seed of many; 1 by default")
    private long first = 1;

    @Option(names = "--seed", paramLabel = "S", description = "one schedule, told event by event")
    private @Nullable Long seed;

    @Option(
            names = "--faults",
            paramLabel = "LIST",
            description = "numbers of the schedule's faults that may hit, as in 3,17; all by default, \"\" for none")
    private @Nullable String faults;

    @Option(names = "--minutes", paramLabel = "M", description = "simulated minutes of a schedule; 30 by default")
    private int minutes = 30;

    @Option(names = "--threads", paramLabel = "N", description = "schedules at a time; one a core by default")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "one JSON object at the end")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        Simulations.Request request;
        try {
            Long only = seed;
            request = new Simulations.Request(
                    only == null ? first : only, only == null ? seeds : 1, minutes, numbers(faults), threads);
        } catch (IllegalArgumentException e) {
            throw new Refusal(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
        Simulations.Report report = seed == null
                ? Simulations.run(request, new ToldProgress())
                : Simulations.replay(request, json ? line -> {} : out::println);
        if (json) {
            out.println(JSON.writeValueAsString(body(report)));
        } else {
            print(report, out);
        }
        return report.violations() == 0 ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static Optional<Set<Integer>> numbers(@Nullable String list) {
        if (list == null) {
            return Optional.empty();
        }
        Set<Integer> numbers = new TreeSet<>();
        for (String part : list.split(",", -1)) {
            if (!part.isBlank()) {
                try {
                    numbers.add(Integer.valueOf(part.strip()));
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException(
                            "--faults takes numbers with commas between them, like 3,17, was \"" + list + "\"", e);
                }
            }
        }
        return Optional.of(numbers);
    }

    private final class ToldProgress implements Simulations.Progress {
        private final PrintWriter err = spec.commandLine().getErr();

        @Override
        public void played(int played, int broken) {
            if (!json && (played % Math.max(1, seeds / 20) == 0 || played == seeds)) {
                err.printf(Locale.ROOT, "  %d of %d schedules, %d violations%n", played, seeds, broken);
            }
        }

        @Override
        public void broken(long brokenSeed, String violation) {
            err.println("  seed " + brokenSeed + ": " + violation);
        }
    }

    private void print(Simulations.Report report, PrintWriter out) {
        for (Simulations.Failure failure : report.failures()) {
            if (seed == null) {
                out.println();
                failure.events().forEach(event -> out.println("    " + event));
            }
            out.println();
            out.println("VIOLATION " + failure.violation());
            failure.described().forEach(fault -> out.println("    " + fault));
            out.printf(
                    Locale.ROOT,
                    "    again: ./voltage simulate --seed %d --faults %s%s%n",
                    failure.seed(),
                    failure.faults().isEmpty() ? "\"\"" : failure.faults(),
                    minutes == 30 ? "" : " --minutes " + minutes);
        }
        out.println();
        out.println("Faults that hit");
        report.hits()
                .forEach((kind, hits) -> out.printf(
                        Locale.ROOT,
                        "  %-30s %,9d of %,9d planned%n",
                        kind.toLowerCase(Locale.ROOT).replace('_', ' '),
                        hits,
                        report.planned().getOrDefault(kind, 0L)));
        out.println();
        out.printf(Locale.ROOT, "  schedules           %,14d of %d simulated minutes%n", report.schedules(), minutes);
        out.printf(
                Locale.ROOT,
                "  orders, fills, paid %,14d %,d %,d%n",
                report.orders(),
                report.fills(),
                report.settlements());
        out.printf(Locale.ROOT, "  frames              %,14d%n", report.frames());
        out.printf(Locale.ROOT, "  operations          %,14d%n", report.operations());
        out.printf(
                Locale.ROOT,
                "  deaths              %,14d workers, %,d executors%n",
                report.workerDeaths(),
                report.executorDeaths());
        out.printf(Locale.ROOT, "  invariant checks    %,14d%n", report.checks());
        out.printf(Locale.ROOT, "  violations          %,14d%n", report.violations());
        out.printf(
                Locale.ROOT,
                "  speed               %14.1f simulated hours a second (%.1f s)%n",
                report.speed(),
                report.seconds());
        out.printf(Locale.ROOT, "  digest              %s%n", report.digest());
    }

    private Map<String, Object> body(Simulations.Report report) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("schedules", report.schedules());
        body.put("minutes", minutes);
        body.put("faults", report.hits());
        body.put("planned", report.planned());
        body.put("orders", report.orders());
        body.put("fills", report.fills());
        body.put("settlements", report.settlements());
        body.put("frames", report.frames());
        body.put("operations", report.operations());
        body.put("workerDeaths", report.workerDeaths());
        body.put("executorDeaths", report.executorDeaths());
        body.put("checks", report.checks());
        body.put("violations", report.violations());
        body.put("failures", report.failures());
        body.put("simulatedHoursPerSecond", report.speed());
        body.put("seconds", report.seconds());
        body.put("digest", report.digest());
        return body;
    }
}
