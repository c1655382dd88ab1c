package voltage.local.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.HdrHistogram.Histogram;
import voltage.worker.pipeline.LatencyProbe;
import voltage.worker.pipeline.Pipeline;

/** From a delta's bytes to the end of its decision, frame by frame, on one thread: parse, book, strategies, all gates. */
final class DecisionBenchmark {
    private static final int WARM_UP_PASSES = 12;
    private static final int PASSES = 5;
    private static final long LONGEST_NANOS = 10_000_000_000L;

    private final Frames frames;
    private long outputs;

    DecisionBenchmark(Frames frames) {
        this.frames = frames;
    }

    /** In nanoseconds. */
    record Times(long count, double mean, long p50, long p99, long p999, long max) {
        static Times of(Histogram histogram) {
            return new Times(
                    histogram.getTotalCount(),
                    histogram.getMean(),
                    histogram.getValueAtPercentile(50),
                    histogram.getValueAtPercentile(99),
                    histogram.getValueAtPercentile(99.9),
                    histogram.getMaxValue());
        }
    }

    /**
     * What came out.
     *
     * @param all every delta, with the whole seconds that are told before it and the decisions recorded for it
     * @param quiet deltas after which nothing had to be recorded
     * @param clockNanos median cost of reading the clock once, contained in every time
     * @param quietDeltas deltas before which no second was told and after which nothing had to be recorded, in one pass
     * @param quietAllocating how many of those allocated anything on the heap
     */
    record Result(Times all, Times quiet, long clockNanos, long quietDeltas, long quietAllocating) {}

    Result run() {
        for (int pass = 0; pass < WARM_UP_PASSES; pass++) {
            measure(new Histogram(LONGEST_NANOS, 3), new Histogram(LONGEST_NANOS, 3));
        }
        Histogram all = new Histogram(LONGEST_NANOS, 3);
        Histogram quiet = new Histogram(LONGEST_NANOS, 3);
        for (int pass = 0; pass < PASSES; pass++) {
            measure(all, quiet);
        }
        long[] allocations = allocations();
        return new Result(Times.of(all), Times.of(quiet), clockNanos(), allocations[0], allocations[1]);
    }

    private Pipeline pipeline() {
        return new Pipeline(output -> outputs++, event -> {}, LatencyProbe.off());
    }

    private void measure(Histogram all, Histogram quiet) {
        Pipeline pipeline = pipeline();
        for (Frames.Frame frame : frames.all()) {
            if (!frame.isDelta()) {
                frame.to(pipeline);
                continue;
            }
            long before = outputs;
            long began = System.nanoTime();
            frame.to(pipeline);
            long nanos = System.nanoTime() - began;
            all.recordValue(nanos);
            if (outputs == before) {
                quiet.recordValue(nanos);
            }
        }
    }

    /** Deltas of one pass with no second told and nothing recorded, and how many of them allocated. */
    private long[] allocations() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Pipeline pipeline = pipeline();
        long quiet = 0;
        long allocating = 0;
        for (Frames.Frame frame : frames.all()) {
            long outputsBefore = outputs;
            boolean tellsSecond = pipeline.nextTimerNanos() <= frame.receivedNanos();
            long bytesBefore = threads.getCurrentThreadAllocatedBytes();
            frame.to(pipeline);
            long bytes = threads.getCurrentThreadAllocatedBytes() - bytesBefore;
            if (frame.isDelta() && !tellsSecond && outputs == outputsBefore) {
                quiet++;
                if (bytes > 0) {
                    allocating++;
                }
            }
        }
        return new long[] {quiet, allocating};
    }

    static long clockNanos() {
        Histogram histogram = new Histogram(LONGEST_NANOS, 3);
        for (int i = 0; i < 200_000; i++) {
            long began = System.nanoTime();
            histogram.recordValue(System.nanoTime() - began);
        }
        return histogram.getValueAtPercentile(50);
    }
}
