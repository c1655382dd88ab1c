package voltage.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import voltage.forecast.model.ForecastInput;
import voltage.forecast.patchtst.NetInputs;

/**
 * The same graph and windows through ONNX Runtime from Node, with the same options: its C++ without our Java. The package is
 * taken from npm once, without its scripts, into the user's cache.
 */
final class NodeOnnx {
    static final String VERSION = "1.29.0";

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final int INSTALL_SECONDS = 180;
    private static final int RUN_SECONDS = 60;

    private NodeOnnx() {}

    /** @param times in nanoseconds; null if it could not be measured, and {@code words} say why */
    record Outcome(DecisionBenchmark.@Nullable Times times, String words) {}

    static Outcome run(Scratch scratch, byte[] graph, NetInputs inputs, ForecastInput[] seen)
            throws IOException, InterruptedException {
        Path packages = Path.of(System.getProperty("user.home"), ".cache", "voltage", "onnxruntime-node-" + VERSION);
        String missing = install(packages, scratch.path("npm.log"));
        if (missing != null) {
            return new Outcome(null, missing);
        }
        Path model = Files.write(scratch.path("net.onnx"), graph);
        Path windows = Files.write(scratch.path("windows.bin"), windows(inputs, seen));
        Path script = packages.resolve("onnx.mjs");
        try (InputStream in = NodeOnnx.class.getResourceAsStream("onnx.mjs")) {
            Files.write(
                    script,
                    Objects.requireNonNull(in, "onnx.mjs is on the class path").readAllBytes());
        }
        Path output = scratch.path("onnx.json");
        Integer code = finished(
                new ProcessBuilder(
                                "node",
                                script.toString(),
                                model.toString(),
                                windows.toString(),
                                Integer.toString(inputs.levelCount()))
                        .redirectOutput(output.toFile())
                        .redirectError(scratch.path("onnx.err").toFile()),
                RUN_SECONDS);
        if (code == null || code != 0) {
            return new Outcome(
                    null,
                    "node ended with " + code + ": "
                            + Files.readString(scratch.path("onnx.err"), StandardCharsets.UTF_8)
                                    .lines()
                                    .findFirst()
                                    .orElse(""));
        }
        JsonNode said = JSON.readTree(output.toFile());
        return new Outcome(
                JSON.treeToValue(said.path("times"), DecisionBenchmark.Times.class),
                "Node " + said.path("version").asText() + ", onnxruntime-node " + VERSION);
    }

    /** Null once the package is there, else what lacks. */
    private static @Nullable String install(Path packages, Path log) throws IOException, InterruptedException {
        if (Files.isDirectory(packages.resolve("node_modules").resolve("onnxruntime-node"))) {
            return null;
        }
        Files.createDirectories(packages);
        Integer code = finished(
                new ProcessBuilder(
                                "npm",
                                "install",
                                "--prefix",
                                packages.toString(),
                                "--no-audit",
                                "--no-fund",
                                "--ignore-scripts",
                                "onnxruntime-node@" + VERSION)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile()),
                INSTALL_SECONDS);
        return code != null && code == 0
                ? null
                : "since npm, which gives it, "
                        + (code == null ? "was not found or took too long" : "ended with " + code);
    }

    /** The exit code; null if the program is not there or takes too long. */
    private static @Nullable Integer finished(ProcessBuilder builder, int seconds) throws InterruptedException {
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return null;
        }
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return null;
        }
        return process.exitValue();
    }

    private static byte[] windows(NetInputs inputs, ForecastInput[] seen) {
        ByteBuffer bytes = ByteBuffer.allocate(seen.length * (180 + inputs.levelCount()) * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer floats = bytes.asFloatBuffer();
        for (ForecastInput input : seen) {
            var window = Objects.requireNonNull(input.window());
            NetInputs.writeWindow(window, floats);
            inputs.writeLevels(input.row(), window, floats);
        }
        return bytes.array();
    }
}
