package voltage.local.bench;

import java.io.IOException;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import voltage.local.session.Session;

/** Plays a session once, then measures on its journal what was asked for. */
public final class Bench {
    /** What can be measured. */
    public enum Name {
        DECISION,
        REPLAY
    }

    private Bench() {}

    /**
     * Measures, a minute or so for everything.
     *
     * @param progress told what is being done
     * @throws IOException if the temporary folder cannot be written or Node's answer not be read
     */
    public static BenchReport run(Session session, Set<Name> names, Consumer<String> progress)
            throws IOException, InterruptedException {
        Machine machine = Machine.now();
        progress.accept("playing " + session.name() + " for its frames");
        try (BenchJournal journal = BenchJournal.of(session)) {
            Frames frames = Frames.of(journal.path());
            BenchReport.Decision decision = null;
            if (names.contains(Name.DECISION)) {
                decision = decision(journal, frames, progress);
            }
            ReplayBenchmark.Result replay = null;
            if (names.contains(Name.REPLAY)) {
                long deltas = frames.deltas();
                progress.accept("replay: " + deltas + " deltas a pass");
                replay = new ReplayBenchmark(journal.path(), deltas).run();
            }
            return new BenchReport(machine, Machine.now().load(), session.name(), decision, replay);
        }
    }

    private static BenchReport.Decision decision(BenchJournal journal, Frames frames, Consumer<String> progress)
            throws IOException, InterruptedException {
        progress.accept("decision: " + frames.deltas() + " deltas a pass");
        DecisionBenchmark.Result times = new DecisionBenchmark(frames).run();
        progress.accept("decision: the same frames in Node");
        NodeBaseline.@Nullable Result node = NodeBaseline.run(frames, journal).orElse(null);
        progress.accept("decision: steady state by JMH");
        try {
            return new BenchReport.Decision(times, JmhRun.run(journal.path()), node);
        } catch (RunnerException e) {
            throw new IOException("JMH could not run: " + e.getMessage(), e);
        }
    }
}
