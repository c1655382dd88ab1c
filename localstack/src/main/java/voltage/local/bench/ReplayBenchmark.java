package voltage.local.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import voltage.store.journal.JournalReader;
import voltage.worker.pipeline.LatencyProbe;
import voltage.worker.pipeline.Pipeline;

/** The engine over a whole journal on one thread, decompression and parsing included. */
final class ReplayBenchmark {
    private static final int WARM_UP_PASSES = 30;
    private static final int PASSES = 15;
    private static final int HEAP_POINTS = 4;
    private static final double TARGET = 1e6;
    private static final double MEGABYTE = 1 << 20;

    private final Path journal;
    private final long deltas;
    private long outputs;

    ReplayBenchmark(Path journal, long deltas) {
        this.journal = journal;
        this.deltas = deltas;
    }

    /**
     * What came out.
     *
     * @param deltas Kalshi deltas in the journal
     * @param records all records of it
     * @param deltasPerSecond of the median pass
     * @param bestDeltasPerSecond of the fastest pass: the one that other processes disturbed least
     * @param deltasPerCpuSecond over all passes, by the processor time of the thread: what one core does that is not shared
     * @param recordsPerSecond of the median pass
     * @param heapMegabytes heap in use after a collection, at even distances through one pass
     */
    record Result(
            long deltas,
            long records,
            double deltasPerSecond,
            double bestDeltasPerSecond,
            double deltasPerCpuSecond,
            double recordsPerSecond,
            List<Double> heapMegabytes,
            Verdict verdict) {}

    Result run() {
        for (int pass = 0; pass < WARM_UP_PASSES; pass++) {
            pass();
        }
        long records = 0;
        double[] seconds = new double[PASSES];
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long cpuBegan = threads.getCurrentThreadCpuTime();
        for (int pass = 0; pass < PASSES; pass++) {
            long began = System.nanoTime();
            records = pass();
            seconds[pass] = (System.nanoTime() - began) / 1e9;
        }
        double cpuSeconds = (threads.getCurrentThreadCpuTime() - cpuBegan) / 1e9;
        Arrays.sort(seconds);
        double median = seconds[PASSES / 2];
        return new Result(
                deltas,
                records,
                deltas / median,
                deltas / seconds[0],
                PASSES * deltas / cpuSeconds,
                records / median,
                heap(records),
                verdict(deltas / median, PASSES * deltas / cpuSeconds));
    }

    /** One core is meant: where others run on the machine too, the thread's own processor time tells. */
    static Verdict verdict(double perSecond, double perCpuSecond) {
        return new Verdict(
                "at least 1,000,000 deltas a second on one core",
                String.format(
                        Locale.ROOT, "%,.0f a second by the clock, %,.0f by processor time", perSecond, perCpuSecond),
                Math.max(perSecond, perCpuSecond) >= TARGET);
    }

    private long pass() {
        return JournalReader.read(journal, JournalReader.OnDamage.FAIL, pipeline())
                .records();
    }

    private Pipeline pipeline() {
        return new Pipeline(output -> outputs++, event -> {}, LatencyProbe.off());
    }

    private List<Double> heap(long records) {
        List<Double> megabytes = new ArrayList<>();
        Pipeline pipeline = pipeline();
        long[] count = {0};
        long step = Math.max(1, records / HEAP_POINTS);
        JournalReader.read(journal, JournalReader.OnDamage.FAIL, (feed, kind, sequence, nanos, bytes, from, to) -> {
            pipeline.record(feed, kind, sequence, nanos, bytes, from, to);
            if (++count[0] % step == 0) {
                System.gc();
                Runtime runtime = Runtime.getRuntime();
                megabytes.add((runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE);
            }
        });
        return List.copyOf(megabytes);
    }
}
