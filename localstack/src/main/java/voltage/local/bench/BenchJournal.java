package voltage.local.bench;

import java.io.IOException;
import java.nio.file.Path;
import voltage.local.play.PlayRun;
import voltage.local.play.SilentWatcher;
import voltage.local.session.Session;
import voltage.worker.inference.Inference;

/** A session played once into a temporary folder: its journal holds the frames that the local exchange and venues sent. */
final class BenchJournal implements AutoCloseable {
    private final Scratch scratch;

    private BenchJournal(Scratch scratch) {
        this.scratch = scratch;
    }

    static BenchJournal of(Session session) throws IOException {
        BenchJournal journal = new BenchJournal(Scratch.create());
        new PlayRun(
                        session,
                        journal.scratch("run"),
                        PlayRun.Mode.SIMULATION,
                        Double.POSITIVE_INFINITY,
                        Inference.Choice.none("a benchmark of the engine"),
                        new SilentWatcher())
                .run();
        return journal;
    }

    Path path() {
        return scratch("run").resolve("journal");
    }

    Path scratch(String name) {
        return scratch.path(name);
    }

    @Override
    public void close() throws IOException {
        scratch.close();
    }
}
