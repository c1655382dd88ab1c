package voltage.kalshi;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Recorded data beside the project; tests over it are skipped where it is absent. */
public final class SharedData {
    private SharedData() {}

    public static Path folder(String name) {
        Path folder = Path.of(System.getProperty("voltage.shared", "../../../shared"), "data", name);
        assumeTrue(Files.isDirectory(folder), "not run: ../shared/data is absent");
        return folder;
    }

    public static List<Path> files(String folder, String suffix) {
        try (Stream<Path> files = Files.list(folder(folder))) {
            return files.filter(file -> file.getFileName().toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line's consumer that may fail as tests do. */
    @FunctionalInterface
    public interface LineConsumer {
        void accept(String line) throws Exception;
    }

    public static void lines(Path file, LineConsumer consumer) throws Exception {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                consumer.accept(line);
            }
        }
    }
}
