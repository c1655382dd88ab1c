package voltage.local.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was measured, with the machine it was measured on. {@code loadAfter} is the load average when it ended. */
public record BenchReport(
        Machine machine,
        double loadAfter,
        String session,
        @Nullable Decision decision,
        ReplayBenchmark.@Nullable Result replay) {

    /** Frame to decision. {@code node} is null without Node. */
    public record Decision(
            DecisionBenchmark.Result pipeline, JmhRun.Steady steady, NodeBaseline.@Nullable Result node) {}

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
        out.println(words(
                "%s, %d cores, %s, %s, load %.1f before and %.1f after",
                machine.cpu(), machine.cores(), machine.jdk(), machine.collector(), machine.load(), loadAfter));
        out.println("session " + session);
        if (decision != null) {
            print(decision, out);
        }
        if (replay != null) {
            print(replay, decision == null ? null : decision.node(), out);
        }
    }

    private static void print(Decision decision, PrintWriter out) {
        var pipeline = decision.pipeline();
        out.println();
        out.println("decision: a delta's bytes to its decision (parse, book, strategies, all gates), one thread");
        print("every delta", pipeline.all(), out);
        print("nothing to record", pipeline.quiet(), out);
        out.println(words("  reading the clock costs %d ns, contained in each of these", pipeline.clockNanos()));
        out.println(words(
                "  deltas with no second to tell and nothing to record: %,d, of which allocated anything: %,d",
                pipeline.quietDeltas(), pipeline.quietAllocating()));
        out.println(words(
                "  steady state by JMH: %.0f ± %.0f ns a delta, gc.alloc.rate.norm %.4f B",
                decision.steady().meanNanos(),
                decision.steady().errorNanos(),
                decision.steady().bytesPerDelta()));
        var node = decision.node();
        if (node == null) {
            out.println("  baseline: node was not found or failed, so there is nothing to compare with");
            return;
        }
        out.println(words(
                "  baseline, Node %s with parse, book and imbalance alone: p50 %,d ns, p99 %,d ns, max %,d ns",
                node.version(), node.p50(), node.p99(), node.max()));
        out.println(words(
                "  ratio Node / Voltage: p50 %.1f, p99 %.1f",
                (double) node.p50() / pipeline.all().p50(),
                (double) node.p99() / pipeline.all().p99()));
    }

    private static void print(String name, DecisionBenchmark.Times times, PrintWriter out) {
        out.println(words(
                "  %-18s p50 %,d ns, p99 %,d ns, p99.9 %,d ns, max %,d ns, mean %.0f ns of %,d",
                name, times.p50(), times.p99(), times.p999(), times.max(), times.mean(), times.count()));
    }

    private static void print(ReplayBenchmark.Result replay, NodeBaseline.@Nullable Result node, PrintWriter out) {
        out.println();
        out.println("replay: engine over a journal, decompression and parsing included, one thread");
        out.println(words(
                "  %,.0f deltas a second (best pass %,.0f; %,.0f per second of processor time), %,.0f records a second, %,d deltas of %,d records a pass",
                replay.deltasPerSecond(),
                replay.bestDeltasPerSecond(),
                replay.deltasPerCpuSecond(),
                replay.recordsPerSecond(),
                replay.deltas(),
                replay.records()));
        if (node != null) {
            out.println(words(
                    "  baseline, Node on frames already in memory: %,.0f deltas a second; ratio Voltage / Node %.1f",
                    node.deltasPerSecond(), replay.deltasPerSecond() / node.deltasPerSecond()));
        }
        out.println("  heap in use after collections through one pass: "
                + replay.heapMegabytes().stream()
                        .map(megabytes -> words("%.1f", megabytes))
                        .collect(Collectors.joining(", "))
                + " MB");
    }

    private static String words(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
