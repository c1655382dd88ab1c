package voltage.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import voltage.local.play.PlayRun;
import voltage.local.play.SilentWatcher;
import voltage.local.session.Session;

/** A session played once into a temporary folder: its journal holds the frames that the local exchange and venues sent. */
final class BenchJournal implements AutoCloseable {
    private final Path folder;

    private BenchJournal(Path folder) {
        this.folder = folder;
    }

    static BenchJournal of(Session session) throws IOException {
        BenchJournal journal = new BenchJournal(Files.createTempDirectory("voltage-bench"));
        new PlayRun(
                        session,
                        journal.folder.resolve("run"),
                        PlayRun.Mode.SIMULATION,
                        Double.POSITIVE_INFINITY,
                        new SilentWatcher())
                .run();
        return journal;
    }

    Path path() {
        return folder.resolve("run").resolve("journal");
    }

    Path scratch(String name) {
        return folder.resolve(name);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
