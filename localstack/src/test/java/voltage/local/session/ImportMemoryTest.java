package voltage.local.session;

import static org.assertj.core.api.Assertions.assertThat;
import static voltage.local.session.CaptureFixture.FIRST;
import static voltage.local.session.CaptureFixture.OPEN;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import voltage.local.ChildJvm;

/** Incident 29: a history import held 700 MB and the process was killed. */
@Timeout(120)
class ImportMemoryTest {
    private static final int DELTAS = 250_000;

    @TempDir
    private Path data;

    @TempDir
    private Path out;

    @Test
    void a_capture_larger_than_the_heap_is_imported() throws Exception {
        new CaptureFixture(data)
                .withEverything()
                .connected(1, FIRST)
                .snapshot(2, FIRST, 1)
                .capture("small.jsonl.gz");
        Path capture = data.resolve("kalshi_ws_2026-05/small.jsonl.gz");
        long bytes = writeCapture(capture);
        // Its text is larger than everything the importing process may hold.
        assertThat(bytes).isGreaterThan(2L * 24 * 1024 * 1024);

        Process imported = ChildJvm.voltage(out.resolve("scratch"))
                .with("-Xmx24m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError")
                .command(
                        "import",
                        "--data",
                        data.toString(),
                        "--out",
                        out.resolve("sessions").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(imported.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(imported.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(imported.exitValue()).as(said).isZero();
        assertThat(said).contains("20260501T140000Z");
    }

    private static long writeCapture(Path file) throws IOException {
        long bytes = 0;
        try (BufferedWriter writer = new BufferedWriter(
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.US_ASCII))) {
            for (int i = 0; i <= DELTAS; i++) {
                String line = line(i);
                bytes += line.length();
                writer.write(line);
            }
        }
        return bytes;
    }

    private static String line(int i) {
        long nanos = OPEN + 1_000_000L * (i + 1);
        String frame = i == 0
                ? "{\"type\":\"orderbook_snapshot\",\"sid\":2,\"seq\":1,\"msg\":{\"market_ticker\":\"%s\",\"no_dollars_fp\":[[\"0.4500\",\"10.50\"]],\"yes_dollars_fp\":[[\"0.5000\",\"20.00\"]]}}"
                        .formatted(FIRST)
                : "{\"type\":\"orderbook_delta\",\"sid\":2,\"seq\":%d,\"msg\":{\"delta_fp\":\"%s1.25\",\"market_ticker\":\"%s\",\"price_dollars\":\"0.5000\",\"side\":\"yes\",\"ts\":\"2026-05-01T14:00:03.123456Z\",\"ts_ms\":1}}"
                        .formatted(i + 1, i % 2 == 1 ? "-" : "", FIRST);
        return "{\"recv_ns\":%d,\"frame\":%s}\n".formatted(nanos, frame);
    }
}
