package voltage.worker.pipeline;

import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Measures how long frames take from the decoder to the end of their decisions; or nothing at all, where speed is measured. */
public final class LatencyProbe {
    private static final long LONGEST_NANOS = 60_000_000_000L;

    private final @Nullable LongSupplier ticker;
    private final Histogram histogram = new Histogram(LONGEST_NANOS, 3);

    private LatencyProbe(@Nullable LongSupplier ticker) {
        this.ticker = ticker;
    }

    /** By a ticker of nanoseconds such as {@code System::nanoTime}. */
    public static LatencyProbe of(LongSupplier ticker) {
        return new LatencyProbe(ticker);
    }

    /** Reads no ticker; keeps only what is given to {@link #record}. */
    public static LatencyProbe off() {
        return new LatencyProbe(null);
    }

    long begin() {
        return ticker == null ? 0 : ticker.getAsLong();
    }

    void end(long begin) {
        if (ticker != null) {
            record(ticker.getAsLong() - begin);
        }
    }

    /** Adds a duration that was measured elsewhere. */
    public void record(long nanos) {
        histogram.recordValue(Math.min(Math.max(0, nanos), LONGEST_NANOS));
    }

    public Quantiles quantiles() {
        return new Quantiles(
                histogram.getTotalCount(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(99),
                histogram.getMaxValue());
    }

    /** In nanoseconds. */
    public record Quantiles(long count, long p50, long p99, long max) {}
}
