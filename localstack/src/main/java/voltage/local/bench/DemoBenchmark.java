package voltage.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The whole demo at full speed in a process of its own: start, sockets, embedded cloud, audit and the replay that proves it. */
final class DemoBenchmark {
    private static final double TARGET_SECONDS = 60;

    private final Launch launch;
    private final Scratch scratch;
    private final @Nullable Path session;

    DemoBenchmark(Launch launch, Scratch scratch, @Nullable Path session) {
        this.launch = launch;
        this.scratch = scratch;
        this.session = session;
    }

    /** What came out. */
    record Result(String through, double seconds, long events, long orders, String decisionDigest, Verdict verdict) {}

    Result run(Consumer<String> progress) throws IOException, InterruptedException {
        progress.accept("demo: the whole of it at full speed");
        Path out = scratch.path("demo");
        List<String> arguments =
                new ArrayList<>(List.of("demo", "--headless", "--speed", "max", "--out", out.toString()));
        if (session != null) {
            arguments.addAll(List.of("--session", session.toAbsolutePath().toString()));
        }
        Launch.Run run = launch.run(true, arguments, null);
        if (run.exitCode() != 0) {
            throw new IOException(
                    "the demo ended with exit code " + run.exitCode() + ": " + String.join(" / ", run.lastLines()));
        }
        double seconds = run.seconds().orElseThrow();
        JsonNode summary = JsonMapper.builder()
                .build()
                .readTree(out.resolve("summary.json").toFile());
        return new Result(
                launch.words(),
                seconds,
                summary.path("events").asLong(),
                summary.path("orders").asLong(),
                summary.path("decisionDigest").asText(),
                new Verdict(
                        "under 60 s, books balanced",
                        String.format(Locale.ROOT, "%.1f s, books balanced", seconds),
                        seconds < TARGET_SECONDS));
    }
}
