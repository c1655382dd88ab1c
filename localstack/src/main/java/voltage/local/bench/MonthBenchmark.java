package voltage.local.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import voltage.local.session.RecordedSession;
import voltage.local.session.SessionException;
import voltage.store.journal.JournalReader;
import voltage.worker.pipeline.LatencyProbe;
import voltage.worker.pipeline.Pipeline;

/**
 * One pipeline over the journals of many captures, one after the other, as over the journal of a month: how fast, and what it keeps. A
 * capture's journal is made by playing it, and removed after it was read, so disk and memory hold one at a time.
 */
final class MonthBenchmark {
    private static final double MEGABYTE = 1 << 20;
    private static final double MILLION = 1e6;
    private static final double FLAT_SHARE = 0.10;
    private static final double FLAT_MEGABYTES = 4;

    private final Path sessions;
    private long outputs;

    MonthBenchmark(Path sessions) {
        this.sessions = sessions;
    }

    /**
     * One capture.
     *
     * @param deltasPerSecond by the clock
     * @param deltasPerCpuSecond by the processor time of the thread
     * @param heapMegabytes in use after a collection at the capture's end, the engine and its decoders still there
     */
    record Capture(String name, long deltas, double deltasPerSecond, double deltasPerCpuSecond, double heapMegabytes) {}

    /**
     * All of them.
     *
     * @param slopeMegabytes growth of the heap for each million deltas, by least squares
     * @param growthMegabytes the same over all deltas
     */
    record Result(
            List<Capture> captures,
            long deltas,
            double deltasPerCpuSecond,
            double minHeapMegabytes,
            double maxHeapMegabytes,
            double slopeMegabytes,
            double growthMegabytes,
            Verdict verdict) {
        static Result of(List<Capture> captures) {
            long deltas = captures.stream().mapToLong(Capture::deltas).sum();
            double cpuSeconds = captures.stream()
                    .filter(capture -> capture.deltas() > 0)
                    .mapToDouble(capture -> capture.deltas() / capture.deltasPerCpuSecond())
                    .sum();
            double[] after = new double[captures.size()];
            double[] heap = new double[captures.size()];
            long passed = 0;
            for (int i = 0; i < after.length; i++) {
                passed += captures.get(i).deltas();
                after[i] = passed / MILLION;
                heap[i] = captures.get(i).heapMegabytes();
            }
            double slope = slope(after, heap);
            double growth = slope * deltas / MILLION;
            double mean = captures.stream()
                    .mapToDouble(Capture::heapMegabytes)
                    .average()
                    .orElse(0);
            double min =
                    captures.stream().mapToDouble(Capture::heapMegabytes).min().orElse(0);
            double max =
                    captures.stream().mapToDouble(Capture::heapMegabytes).max().orElse(0);
            return new Result(
                    List.copyOf(captures),
                    deltas,
                    cpuSeconds > 0 ? deltas / cpuSeconds : 0,
                    min,
                    max,
                    slope,
                    growth,
                    new Verdict(
                            "memory flat: growth over everything at most 4 MB or 10 %",
                            String.format(Locale.ROOT, "%.1f to %.1f MB, growth %+.1f MB", min, max, growth),
                            growth <= Math.max(FLAT_MEGABYTES, FLAT_SHARE * mean)));
        }
    }

    /** Least squares; 0 for fewer than two points. */
    static double slope(double[] x, double[] y) {
        double meanX = java.util.Arrays.stream(x).average().orElse(0);
        double meanY = java.util.Arrays.stream(y).average().orElse(0);
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < x.length; i++) {
            covariance += (x[i] - meanX) * (y[i] - meanY);
            variance += (x[i] - meanX) * (x[i] - meanX);
        }
        return variance == 0 ? 0 : covariance / variance;
    }

    Result run(Consumer<String> progress) throws IOException {
        List<Path> folders = folders();
        Pipeline pipeline = new Pipeline(output -> outputs++, event -> {}, LatencyProbe.off());
        List<Capture> captures = new ArrayList<>();
        for (Path folder : folders) {
            Capture capture = capture(folder, pipeline);
            captures.add(capture);
            progress.accept(String.format(
                    Locale.ROOT,
                    "month: %d of %d, %s: %,d deltas, %,.0f a second, heap %.1f MB",
                    captures.size(),
                    folders.size(),
                    capture.name(),
                    capture.deltas(),
                    capture.deltasPerSecond(),
                    capture.heapMegabytes()));
        }
        return Result.of(captures);
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> children = Files.list(sessions)) {
            List<Path> folders = children.filter(child -> Files.exists(child.resolve("session.json")))
                    .sorted()
                    .toList();
            if (folders.isEmpty()) {
                throw new IOException("no sessions in " + sessions
                        + "; make them with: ./voltage import --data DIR --out " + sessions);
            }
            return folders;
        }
    }

    private Capture capture(Path folder, Pipeline pipeline) throws IOException {
        try (BenchJournal journal = BenchJournal.of(RecordedSession.open(folder))) {
            long[] deltas = {0};
            JournalReader.read(
                    journal.path(), JournalReader.OnDamage.FAIL, (feed, kind, sequence, nanos, bytes, from, to) -> {
                        if (Frames.isDelta(feed, kind, bytes, from, to)) {
                            deltas[0]++;
                        }
                    });
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long cpuBegan = threads.getCurrentThreadCpuTime();
            long began = System.nanoTime();
            JournalReader.read(journal.path(), JournalReader.OnDamage.FAIL, pipeline);
            double seconds = (System.nanoTime() - began) / 1e9;
            double cpuSeconds = (threads.getCurrentThreadCpuTime() - cpuBegan) / 1e9;
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            double heap = (runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE;
            String name = String.valueOf(folder.getFileName());
            return new Capture(name, deltas[0], deltas[0] / seconds, deltas[0] / cpuSeconds, heap);
        } catch (SessionException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }
}
