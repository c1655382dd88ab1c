package voltage.local.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import voltage.market.Feed;
import voltage.store.journal.Kind;

/** The same frames in Node: {@code JSON.parse}, the book, imbalance over five levels; no gates, no forecast, no decision. */
final class NodeBaseline {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final int MAX_SECONDS = 60;

    private NodeBaseline() {}

    /** Times in nanoseconds; {@code deltasPerSecond} over all frames, without reading files. */
    record Result(
            String version, long deltas, double meanNanos, long p50, long p99, long max, double deltasPerSecond) {}

    private static boolean isBook(Frames.Frame frame) {
        return frame.isDelta()
                || (frame.feed() == Feed.KALSHI_STREAM
                        && frame.kind() == Kind.FRAME
                        && frame.text().contains("\"orderbook_snapshot\""));
    }

    /** Empty without {@code node}, and where it fails or takes too long. */
    static Optional<Result> run(Frames frames, BenchJournal folder) throws IOException, InterruptedException {
        Path input = folder.scratch("kalshi.ndjson");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(input))) {
            for (Frames.Frame frame : frames.all()) {
                if (isBook(frame)) {
                    out.write(frame.text().replace('\n', ' ').getBytes(StandardCharsets.UTF_8));
                    out.write('\n');
                }
            }
        }
        Path script = folder.scratch("baseline.mjs");
        try (InputStream in = NodeBaseline.class.getResourceAsStream("baseline.mjs")) {
            if (in == null) {
                throw new IOException("baseline.mjs is missing from the class path");
            }
            Files.copy(in, script);
        }
        Path output = folder.scratch("baseline.json");
        Process node;
        try {
            node = new ProcessBuilder("node", script.toString(), input.toString())
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            return Optional.empty();
        }
        if (!node.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
            node.destroyForcibly();
            return Optional.empty();
        }
        if (node.exitValue() != 0) {
            return Optional.empty();
        }
        return Optional.of(JSON.readValue(Files.readString(output, StandardCharsets.UTF_8), Result.class));
    }
}
