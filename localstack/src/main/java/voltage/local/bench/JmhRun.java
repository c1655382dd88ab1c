package voltage.local.bench;

import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** JMH on {@link DeltaState}, in a process of its own with this process's class path. */
final class JmhRun {
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    private JmhRun() {}

    /**
     * The steady state by JMH.
     *
     * @param meanNanos a delta
     * @param errorNanos half the 99.9 % confidence interval of it
     * @param bytesPerDelta {@code gc.alloc.rate.norm}; below a thousandth it is JMH's own
     */
    record Steady(double meanNanos, double errorNanos, double bytesPerDelta) {}

    static Steady run(Path journal) throws RunnerException {
        var options = new OptionsBuilder()
                .include(DeltaState.class.getName() + ".delta")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .warmupIterations(4)
                .warmupTime(TimeValue.milliseconds(500))
                // Long ones: each iteration costs JMH itself some kilobytes, which short ones would put down to the
                // deltas.
                .measurementIterations(3)
                .measurementTime(TimeValue.seconds(4))
                .forks(1)
                .threads(1)
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .jvmArgsAppend("-D" + DeltaState.JOURNAL + "=" + journal.toAbsolutePath())
                .build();
        Collection<RunResult> results = new Runner(options).run();
        RunResult result = results.iterator().next();
        Result<?> mean = result.getPrimaryResult();
        double bytes = result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(ALLOCATION))
                .mapToDouble(entry -> entry.getValue().getScore())
                .findFirst()
                .orElse(Double.NaN);
        return new Steady(mean.getScore(), mean.getScoreError(), bytes);
    }
}
