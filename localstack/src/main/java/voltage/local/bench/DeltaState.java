package voltage.local.bench;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What JMH runs in its own process: one delta of the steady state an operation. */
@State(Scope.Thread)
public class DeltaState {
    /** Names the journal to the process that JMH starts. */
    static final String JOURNAL = "voltage.bench.journal";

    private @Nullable SteadyDeltas deltas;

    @Setup(Level.Trial)
    public void open() {
        deltas = new SteadyDeltas(Frames.of(Path.of(System.getProperty(JOURNAL, ""))));
    }

    @Benchmark
    public long delta() {
        return steady().next();
    }

    @TearDown(Level.Trial)
    public void check() {
        if (steady().dropped() > 0) {
            throw new IllegalStateException("deltas were dropped or read the slow way: " + steady().dropped());
        }
    }

    private SteadyDeltas steady() {
        SteadyDeltas opened = deltas;
        if (opened == null) {
            throw new IllegalStateException("JMH opens the state before it uses it");
        }
        return opened;
    }
}
