package voltage.local.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** From the launcher's start to the first decision of a demo, warm: built, and its files in the machine's memory. */
final class StartBenchmark {
    private static final int RUNS = 5;
    private static final double TARGET_SECONDS = 5;

    private final Launch launch;
    private final Scratch scratch;
    private final @Nullable Path session;
    private int runs;

    StartBenchmark(Launch launch, Scratch scratch, @Nullable Path session) {
        this.launch = launch;
        this.scratch = scratch;
        this.session = session;
    }

    /** Seconds of some starts. */
    record Times(int runs, double p50, double max) {
        static Times of(double[] seconds) {
            double[] sorted = seconds.clone();
            Arrays.sort(sorted);
            return new Times(sorted.length, sorted[sorted.length / 2], sorted[sorted.length - 1]);
        }
    }

    /**
     * What came out.
     *
     * @param through what was started
     * @param withoutAotCache the baseline; null where there is no launcher and so no cache
     */
    record Result(String through, Times times, @Nullable Times withoutAotCache, Verdict verdict) {}

    Result run(Consumer<String> progress) throws IOException, InterruptedException {
        progress.accept("start: one demo to warm up, then " + RUNS + " to their first decision");
        once(true);
        Times with = times(true);
        Times without = null;
        if (launch.isReal()) {
            progress.accept("start: the same without the AOT cache");
            without = times(false);
        }
        return new Result(
                launch.words(),
                with,
                without,
                new Verdict(
                        "at most 5 s",
                        String.format(Locale.ROOT, "p50 %.2f s, max %.2f s", with.p50(), with.max()),
                        with.max() <= TARGET_SECONDS));
    }

    private Times times(boolean isWithAotCache) throws IOException, InterruptedException {
        double[] seconds = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            seconds[i] = once(isWithAotCache);
        }
        return Times.of(seconds);
    }

    private double once(boolean isWithAotCache) throws IOException, InterruptedException {
        Path out = scratch.path("start-" + runs++);
        List<String> arguments =
                new ArrayList<>(List.of("demo", "--headless", "--speed", "max", "--out", out.toString()));
        if (session != null) {
            arguments.addAll(List.of("--session", session.toAbsolutePath().toString()));
        }
        Launch.Run run = launch.run(isWithAotCache, arguments, line -> line.startsWith(Bench.FIRST_DECISION));
        return run.seconds()
                .orElseThrow(() -> new IOException("the demo ended with exit code " + run.exitCode()
                        + " before its first decision: " + String.join(" / ", run.lastLines())));
    }
}
