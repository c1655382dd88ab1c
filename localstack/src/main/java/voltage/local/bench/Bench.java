package voltage.local.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import voltage.local.session.Session;

/** Measures what was asked for, one after the other, so that nothing disturbs anything. */
public final class Bench {
    /** How a run begins the line that it prints when it has decided for the first time. */
    public static final String FIRST_DECISION = "first decision ";

    /** What can be measured. */
    public enum Name {
        DECISION,
        REPLAY,
        START,
        DEMO,
        WIRE,
        INFERENCE
    }

    /**
     * What to measure, and on what.
     *
     * @param session what is played for its frames
     * @param folder where {@code session} lies; null for the built-in simulation
     * @param sessions a folder of sessions, all of which {@link Name#REPLAY} then runs over as well; null for none
     */
    public record Request(
            Set<Name> names,
            Session session,
            @Nullable Path folder,
            @Nullable Path sessions) {
        public Request {
            names = Set.copyOf(names);
        }
    }

    private Bench() {}

    /**
     * Measures: a minute or so for everything on one session, some seconds more for each session of a folder.
     *
     * @param progress told what is being done
     * @throws IOException if the temporary folder cannot be written or a child process fails
     */
    public static BenchReport run(Request request, Consumer<String> progress) throws IOException, InterruptedException {
        Machine machine = Machine.now();
        Set<Name> names = request.names();
        try (Scratch scratch = Scratch.create()) {
            BenchReport.Decision decision = null;
            ReplayBenchmark.Result replay = null;
            MonthBenchmark.Result month = null;
            if (names.contains(Name.DECISION) || (names.contains(Name.REPLAY) && request.sessions() == null)) {
                progress.accept("playing " + request.session().name() + " for its frames");
                try (BenchJournal journal = BenchJournal.of(request.session())) {
                    Frames frames = Frames.of(journal.path());
                    if (names.contains(Name.DECISION)) {
                        decision = decision(journal, frames, progress);
                    }
                    if (names.contains(Name.REPLAY) && request.sessions() == null) {
                        long deltas = frames.deltas();
                        progress.accept("replay: " + deltas + " deltas a pass");
                        replay = new ReplayBenchmark(journal.path(), deltas).run();
                    }
                }
            }
            if (names.contains(Name.REPLAY) && request.sessions() != null) {
                month = new MonthBenchmark(request.sessions()).run(progress);
            }
            Launch launch = Launch.ofThisProcess();
            StartBenchmark.Result start = names.contains(Name.START)
                    ? new StartBenchmark(launch, scratch, request.folder()).run(progress)
                    : null;
            DemoBenchmark.Result demo = names.contains(Name.DEMO)
                    ? new DemoBenchmark(launch, scratch, request.folder()).run(progress)
                    : null;
            WireBenchmark.Result wire = names.contains(Name.WIRE) ? new WireBenchmark(scratch).run(progress) : null;
            InferenceBenchmark.Result inference =
                    names.contains(Name.INFERENCE) ? new InferenceBenchmark(scratch).run(progress) : null;
            return new BenchReport(
                    machine,
                    Machine.now().load(),
                    request.session().name(),
                    request.session().source(),
                    decision,
                    replay,
                    month,
                    start,
                    demo,
                    wire,
                    inference);
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
            return BenchReport.Decision.of(times, JmhRun.run(journal.path()), node);
        } catch (RunnerException e) {
            throw new IOException("JMH could not run: " + e.getMessage(), e);
        }
    }
}
