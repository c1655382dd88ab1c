package voltage.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voltage.market.Feed;

/** Keeps the journal off the list of bottlenecks. The bounds are a fifth of what two shared cores do, so only a blunder breaks them. */
@Timeout(120)
class JournalSpeedTest {
    private static final int RECORDS = 1_000_000;

    @TempDir
    Path directory;

    @Test
    void writing_and_reading_frames_of_300_bytes_is_fast() {
        byte[][] frames = new byte[4096][];
        for (int i = 0; i < frames.length; i++) {
            String frame = "{\"type\":\"orderbook_delta\",\"sid\":2,\"seq\":" + (100_000 + i * 37L)
                    + ",\"msg\":{\"market_ticker\":\"KXBTC15M-26MAY1319" + (15 * (i % 4)) + "-" + (i % 4)
                    + "\",\"market_id\":\"8ae4f3c2-6a5e-4d2c-9c55-2f6b1d7a90" + (10 + i % 80)
                    + "\",\"price_dollars\":\"0." + (1000 + i * 7919 % 9000) + "\",\"delta_fp\":\""
                    + (i * 31 % 977 - 400)
                    + ".00\",\"side\":\"" + (i % 2 == 0 ? "yes" : "no") + "\",\"ts\":\"2026-05-13T23:01:10."
                    + (100_000 + i * 7) + "Z\",\"ts_ms\":17787132" + (10_000 + i) + "}}";
            frames[i] = frame.getBytes(StandardCharsets.US_ASCII);
        }
        long start = System.nanoTime();
        long size = 0;
        try (JournalWriter writer = JournalWriter.open(directory, JournalArchive.NONE, JournalOptions.DEFAULT)) {
            for (int i = 0; i < RECORDS; i++) {
                byte[] frame = frames[i & 4095];
                Feed feed = i % 10 == 0 ? Feed.KRAKEN_STREAM : Feed.KALSHI_STREAM;
                writer.append(feed, Kind.FRAME, i, JournalRecords.START_NANOS + i * 1000L, frame, 0, frame.length);
                size += frame.length;
                if (i % 16 == 0) {
                    writer.flush();
                }
            }
            writer.flush();
            report("write", size, System.nanoTime() - start);
            assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
        }
        long best = Long.MAX_VALUE;
        long[] sum = new long[1];
        for (int round = 0; round < 3; round++) {
            long from = System.nanoTime();
            JournalReader.read(
                    directory,
                    JournalReader.OnDamage.FAIL,
                    (feed, kind, sequence, nanos, bytes, begin, end) -> sum[0] += bytes[begin] + end);
            best = Math.min(best, System.nanoTime() - from);
        }
        report("read", size, best);
        assertThat(best).isLessThan(2_500_000_000L);
    }

    private static void report(String what, long bytes, long nanos) {
        System.err.printf(
                "journal %s: %d records of %d B, %.2f M/s%n", what, RECORDS, bytes / RECORDS, RECORDS * 1e3 / nanos);
    }
}
