package voltage.local.bench;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import voltage.local.session.Session;

/** A report for people. */
final class BenchText {
    private static final double MILLI = 1e6;

    private final PrintWriter out;

    BenchText(PrintWriter out) {
        this.out = out;
    }

    void print(BenchReport report) {
        Machine machine = report.machine();
        out.println(words(
                "%s, %d cores, %s, %s, load %.1f before and %.1f after",
                machine.cpu(),
                machine.cores(),
                machine.jdk(),
                machine.collector(),
                machine.load(),
                report.loadAfter()));
        if (report.month() == null || report.decision() != null || report.start() != null || report.demo() != null) {
            out.println("session " + report.session()
                    + (report.source() == Session.Source.SIMULATED ? " (built in, simulated)" : " (recorded)"));
        }
        if (report.decision() != null) {
            print(report.decision());
        }
        if (report.replay() != null) {
            print(
                    report.replay(),
                    report.decision() == null ? null : report.decision().node());
        }
        if (report.month() != null) {
            print(report.month());
        }
        if (report.start() != null) {
            print(report.start());
        }
        if (report.demo() != null) {
            print(report.demo());
        }
        if (report.wire() != null) {
            print(report.wire());
        }
        if (report.inference() != null) {
            print(report.inference());
        }
    }

    private void print(MonthBenchmark.Result month) {
        out.println();
        out.println("replay over all captures: one pipeline, one journal after the other");
        for (MonthBenchmark.Capture capture : month.captures()) {
            out.println(words(
                    "  %-18s %,9d deltas  %,11.0f a second (%,11.0f of processor time)  heap %.1f MB",
                    capture.name(),
                    capture.deltas(),
                    capture.deltasPerSecond(),
                    capture.deltasPerCpuSecond(),
                    capture.heapMegabytes()));
        }
        out.println(words(
                "  %,d deltas, %,.0f for each second of processor time; heap %.1f to %.1f MB, slope %+.3f MB a million deltas",
                month.deltas(),
                month.deltasPerCpuSecond(),
                month.minHeapMegabytes(),
                month.maxHeapMegabytes(),
                month.slopeMegabytes()));
        out.println("  " + month.verdict());
    }

    private void print(StartBenchmark.Result start) {
        out.println();
        out.println("start: " + start.through() + " demo, from its start to its first decision");
        print("warm", start.times());
        StartBenchmark.Times without = start.withoutAotCache();
        if (without != null) {
            print("no AOT cache", without);
            out.println(words(
                    "  ratio without / with the cache: p50 %.1f",
                    without.p50() / start.times().p50()));
        }
        out.println("  " + start.verdict());
    }

    private void print(String name, StartBenchmark.Times times) {
        out.println(words("  %-13s p50 %.2f s, max %.2f s of %d", name, times.p50(), times.max(), times.runs()));
    }

    private void print(DemoBenchmark.Result demo) {
        out.println();
        out.println("demo: " + demo.through() + " demo --headless --speed max, whole");
        out.println(words(
                "  %.1f s for %,d events and %,d orders, digest %s",
                demo.seconds(), demo.events(), demo.orders(), demo.decisionDigest()));
        out.println("  " + demo.verdict());
    }

    private void print(WireBenchmark.Result wire) {
        out.println();
        out.println(words(
                "wire: from an order decided to its request at the exchange's socket, %d orders in real time",
                wire.orders()));
        print("decision to wire", wire.decisionToWire());
        print("queue, Lambda", wire.queue());
        print("ledger, checks", wire.ledger());
        print("HTTP", wire.wire());
        out.println("  " + wire.verdict());
    }

    private void print(String name, WireBenchmark.Times times) {
        out.println(words(
                "  %-17s p50 %.2f ms, p99 %.2f ms, max %.2f ms",
                name, times.p50() / MILLI, times.p99() / MILLI, times.max() / MILLI));
    }

    private void print(InferenceBenchmark.Result inference) {
        out.println();
        out.println("inference: a minute's candle to the calibrated probabilities of the events, models "
                + inference.version() + " with " + inference.treesOfEvents() + " trees, one thread");
        print("whole ensemble", inference.ensemble());
        print("features, window", inference.features());
        print("PatchTST, ORT", inference.patchTst());
        print("LightGBM, Java", inference.trees());
        print("LightGBM, native", inference.nativeTrees());
        NodeOnnx.Outcome node = inference.node();
        if (node.times() == null) {
            out.println("  baseline: ONNX Runtime from Node was not measured, " + node.words());
        } else {
            print("PatchTST, Node", node.times());
            out.println(words(
                    "  %s; ratio Node / Voltage: p50 %.1f, p99 %.1f",
                    node.words(),
                    (double) node.times().p50() / inference.patchTst().p50(),
                    (double) node.times().p99() / inference.patchTst().p99()));
        }
        inference.verdicts().forEach(verdict -> out.println("  " + verdict));
    }

    private void print(BenchReport.Decision decision) {
        var pipeline = decision.pipeline();
        out.println();
        out.println("decision: a delta's bytes to its decision (parse, book, strategies, all gates), one thread");
        print("every delta", pipeline.all());
        print("nothing to record", pipeline.quiet());
        out.println(words("  reading the clock costs %d ns, contained in each of these", pipeline.clockNanos()));
        out.println(words(
                "  deltas with no second to tell and nothing to record: %,d, of which allocated anything: %,d",
                pipeline.quietDeltas(), pipeline.quietAllocating()));
        out.println(words(
                "  steady state by JMH: %.0f ± %.0f ns a delta, gc.alloc.rate.norm %.4f B",
                decision.steady().meanNanos(),
                decision.steady().errorNanos(),
                decision.steady().bytesPerDelta()));
        out.println("  " + decision.verdict());
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

    private void print(String name, DecisionBenchmark.Times times) {
        out.println(words(
                "  %-18s p50 %,d ns, p99 %,d ns, p99.9 %,d ns, max %,d ns, mean %.0f ns of %,d",
                name, times.p50(), times.p99(), times.p999(), times.max(), times.mean(), times.count()));
    }

    private void print(ReplayBenchmark.Result replay, NodeBaseline.@Nullable Result node) {
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
        out.println("  " + replay.verdict());
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
