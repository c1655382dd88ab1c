package voltage.local.play;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one run: what it plays, how far it is, and everything it has to keep. A run that did not finish is continued by the next
 * start with the same folder; a finished one is moved aside, never overwritten.
 */
final class RunFolder {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final List<String> PARTS =
            List.of("run.json", "journal", "cloud", "exchange", "decisions.jsonl", "trades.jsonl", "summary.json");

    private final Path directory;

    /**
     * @param session name of the session
     * @param isFinished whether the run came to its end
     * @param source recorded, simulated or live; null in folders of older versions
     */
    record State(
            String session,
            String command,
            boolean isFinished,
            @Nullable String source) {}

    RunFolder(Path directory) {
        this.directory = directory;
    }

    Optional<State> state() {
        Path file = directory.resolve("run.json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), State.class));
        } catch (IOException e) {
            throw new PlayException(
                    file + " cannot be read as the state of a run: " + e.getMessage() + "; choose another --out folder",
                    e);
        }
    }

    void state(State state) {
        try {
            Files.createDirectories(directory);
            Path draft = directory.resolve("run.json.part");
            Files.write(draft, JSON.writeValueAsBytes(state));
            Files.move(
                    draft,
                    directory.resolve("run.json"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + directory.resolve("run.json") + ": " + e.getMessage(), e);
        }
    }

    /** What the run's own summary says; null if it has none that can be read. */
    @Nullable
    String decisionDigest() {
        try {
            return Files.exists(summary())
                    ? JSON.readTree(summary().toFile()).path("decisionDigest").textValue()
                    : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Moves a finished run into {@code previous-N} beside the new one; returns where. */
    Path setAside() {
        try {
            int number = 1;
            while (Files.exists(directory.resolve("previous-" + number))) {
                number++;
            }
            Path aside = Files.createDirectories(directory.resolve("previous-" + number));
            for (String part : PARTS) {
                if (Files.exists(directory.resolve(part))) {
                    Files.move(directory.resolve(part), aside.resolve(part));
                }
            }
            return aside;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot move the finished run in " + directory + " aside: " + e.getMessage(), e);
        }
    }

    /** Whether there is something in the folder that is no run of ours. */
    boolean isForeign() {
        if (!Files.isDirectory(directory) || Files.exists(directory.resolve("run.json"))) {
            return false;
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.anyMatch(child -> PARTS.contains(child.getFileName().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + directory + ": " + e.getMessage(), e);
        }
    }

    Path journal() {
        return directory.resolve("journal");
    }

    Path cloud() {
        return directory.resolve("cloud");
    }

    Path exchangeLog() {
        return directory.resolve("exchange").resolve("exchange.log");
    }

    Path exchangeKey() {
        return directory.resolve("exchange").resolve("key.pem");
    }

    Path decisions() {
        return directory.resolve("decisions.jsonl");
    }

    Path trades() {
        return directory.resolve("trades.jsonl");
    }

    Path summary() {
        return directory.resolve("summary.json");
    }

    Path directory() {
        return directory;
    }
}
