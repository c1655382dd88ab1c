package voltage.local.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import voltage.local.session.Session;

/**
 * What was measured, with the machine it was measured on; null for what was not asked for.
 *
 * @param loadAfter the load average when it ended
 */
public record BenchReport(
        Machine machine,
        double loadAfter,
        String session,
        Session.Source source,
        @Nullable Decision decision,
        ReplayBenchmark.@Nullable Result replay,
        MonthBenchmark.@Nullable Result month,
        StartBenchmark.@Nullable Result start,
        DemoBenchmark.@Nullable Result demo,
        WireBenchmark.@Nullable Result wire,
        InferenceBenchmark.@Nullable Result inference) {
    private static final long TARGET_P50_NANOS = 1_000;
    private static final long TARGET_P99_NANOS = 10_000;
    private static final double TARGET_BYTES = 0.001;

    /** Frame to decision. {@code node} is null without Node. */
    public record Decision(
            DecisionBenchmark.Result pipeline,
            JmhRun.Steady steady,
            NodeBaseline.@Nullable Result node,
            Verdict verdict) {
        static Decision of(
                DecisionBenchmark.Result pipeline, JmhRun.Steady steady, NodeBaseline.@Nullable Result node) {
            DecisionBenchmark.Times all = pipeline.all();
            return new Decision(
                    pipeline,
                    steady,
                    node,
                    new Verdict(
                            "p50 at most 1 µs, p99 at most 10 µs, nothing allocated in steady state",
                            String.format(
                                    Locale.ROOT,
                                    "p50 %,d ns, p99 %,d ns, %.4f B",
                                    all.p50(),
                                    all.p99(),
                                    steady.bytesPerDelta()),
                            all.p50() <= TARGET_P50_NANOS
                                    && all.p99() <= TARGET_P99_NANOS
                                    && steady.bytesPerDelta() < TARGET_BYTES));
        }
    }

    /** As one JSON object; times in nanoseconds. */
    public String json() {
        try {
            return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report is plain records", e);
        }
    }

    /** For people. */
    public void print(PrintWriter out) {
        new BenchText(out).print(this);
    }
}
