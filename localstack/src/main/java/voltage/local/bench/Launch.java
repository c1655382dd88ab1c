package voltage.local.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Starts the program as a user does: through {@code ./voltage} if this process came from it, else with this process's class path. */
final class Launch {
    /** Set by {@code ./voltage} to its own path. */
    static final String LAUNCHER = "voltage.launcher";

    private static final long LONGEST_SECONDS = 300;
    private static final int LINES_KEPT = 12;

    private final @Nullable Path launcher;

    private Launch(@Nullable Path launcher) {
        this.launcher = launcher;
    }

    static Launch ofThisProcess() {
        String path = System.getProperty(LAUNCHER, "");
        return new Launch(path.isEmpty() || !Files.isExecutable(Path.of(path)) ? null : Path.of(path));
    }

    /** Whether the real launcher is used, with its check of the sources and its AOT cache. */
    boolean isReal() {
        return launcher != null;
    }

    String words() {
        return launcher == null ? "java on this process's class path (not started through ./voltage)" : "./voltage";
    }

    private ProcessBuilder builder(boolean isWithAotCache, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (launcher == null) {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-XX:+UseSerialGC");
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("--sun-misc-unsafe-memory-access=allow");
            command.add("voltage.local.cli.Voltage");
        } else {
            command.add(launcher.toString());
        }
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        if (launcher == null) {
            // Not on the command line: ONNX Runtime does not survive a long one.
            builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        }
        if (!isWithAotCache) {
            builder.environment().put("VOLTAGE_AOT", "off");
        }
        return builder;
    }

    /** What a child did. {@code seconds} runs from its start to the line waited for, or to its end; empty if that line never came. */
    record Run(OptionalDouble seconds, int exitCode, List<String> lastLines) {}

    /**
     * Runs a command until it prints a line, and stops it then, or until its end.
     *
     * @param until null to wait for the end
     */
    Run run(boolean isWithAotCache, List<String> arguments, @Nullable Predicate<String> until)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        Process process = builder(isWithAotCache, arguments).start();
        process.getOutputStream().close();
        CompletableFuture<Void> limit = CompletableFuture.runAsync(
                process::destroyForcibly, CompletableFuture.delayedExecutor(LONGEST_SECONDS, TimeUnit.SECONDS));
        List<String> last = new ArrayList<>();
        OptionalDouble seconds = OptionalDouble.empty();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (until != null && until.test(line)) {
                    seconds = OptionalDouble.of((System.nanoTime() - began) / 1e9);
                    break;
                }
                if (last.size() == LINES_KEPT) {
                    last.removeFirst();
                }
                last.add(line);
            }
            if (seconds.isPresent()) {
                process.destroy();
            }
            int code = process.waitFor();
            if (until == null) {
                seconds = OptionalDouble.of((System.nanoTime() - began) / 1e9);
            }
            return new Run(seconds, code, List.copyOf(last));
        } finally {
            limit.cancel(false);
            process.destroyForcibly();
        }
    }
}
