package voltage.training.patchtst;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** Runs {@link TrainingProcess} in a JVM of its own, with bounded memory, and passes on what it says. It does not outlive this call. */
final class ChildProcess {
    private static final int LINES_KEPT = 15;

    private final Path folder;
    private final Path cache;
    private final NetSettings settings;
    private final NetProgress progress;

    ChildProcess(Path folder, Path cache, NetSettings settings, NetProgress progress) {
        this.folder = folder.toAbsolutePath();
        this.cache = cache.toAbsolutePath();
        this.settings = settings;
        this.progress = progress;
    }

    void run() throws IOException {
        Deque<String> last = new ArrayDeque<>();
        Process process = start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            double spent = 0;
            int here = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(TrainingProcess.EPOCH)) {
                    String[] words = line.split(" ", -1);
                    EpochFigures figures = new EpochFigures(
                            Double.parseDouble(words[2]), Double.parseDouble(words[3]), Double.parseDouble(words[4]));
                    int epoch = Integer.parseInt(words[1]);
                    spent += figures.seconds();
                    here++;
                    progress.epoch(epoch, settings.epochs(), figures, spent / here * (settings.epochs() - epoch));
                } else {
                    last.addLast(line);
                    if (last.size() > LINES_KEPT) {
                        last.removeFirst();
                    }
                }
            }
            int code = process.waitFor();
            if (code != 0) {
                throw new NetTrainingException(
                        "the training process ended with " + code
                                + " (137 is a lack of memory); start it again and it goes on"
                                + " from its last epoch. It said last:\n" + String.join("\n", last),
                        null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NetTrainingException("the training was interrupted; start it again and it goes on", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start() throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        Files.createDirectories(cache);
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Djava.io.tmpdir=" + temporary,
                        "-Dai.djl.offline=true",
                        "-Dai.djl.pytorch.num_threads=" + settings.threads(),
                        "-Dai.djl.pytorch.num_interop_threads=1",
                        TrainingProcess.class.getName(),
                        folder.toString()))
                .redirectErrorStream(true);
        // Not on the command line, which would become too long.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put("DJL_CACHE_DIR", cache.toString());
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        builder.environment().put("OMP_NUM_THREADS", String.format(Locale.ROOT, "%d", settings.threads()));
        builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }
}
