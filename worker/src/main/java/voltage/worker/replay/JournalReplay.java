package voltage.worker.replay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import voltage.engine.Decision;
import voltage.engine.EngineOutput;
import voltage.market.EventSink;
import voltage.store.journal.JournalReader;
import voltage.store.journal.Kind;
import voltage.strategy.EntryRecord;
import voltage.worker.pipeline.LatencyProbe;
import voltage.worker.pipeline.Pipeline;
import voltage.worker.report.ForecastScore;
import voltage.worker.run.Tally;

/** Runs engines over a journal, life by life, as fast as it goes, and keeps what they said. */
public final class JournalReplay {
    private final Tally tally = new Tally();
    private final ForecastScore score = new ForecastScore();
    private final LatencyProbe latency = LatencyProbe.of(System::nanoTime);
    private final List<String> alerts = new ArrayList<>();
    private final Pipeline pipeline;
    private long starts;

    /** @param decisions takes every decision in order */
    public JournalReplay(Consumer<Decision> decisions) {
        this(decisions, trade -> {}, event -> {});
    }

    /**
     * Makes one.
     *
     * @param trades takes every trade that has ended
     * @param events sees every event before the engine does
     */
    public JournalReplay(Consumer<Decision> decisions, Consumer<EntryRecord> trades, EventSink events) {
        pipeline = new Pipeline(
                output -> {
                    tally.output(output);
                    switch (output) {
                        case EngineOutput.Decided decided -> {
                            decisions.accept(decided.decision());
                            score.decided(decided.decision());
                        }
                        case EngineOutput.Status status -> alert(status);
                        case EngineOutput.Intent intent -> {}
                        case EngineOutput.BookNeeded needed -> {}
                        case EngineOutput.TradeRecorded recorded -> trades.accept(recorded.trade());
                        // The answers are in the journal.
                        case EngineOutput.ForecastNeeded needed -> {}
                    }
                },
                event -> {
                    tally.on(event);
                    score.on(event);
                    events.on(event);
                },
                latency);
    }

    private void alert(EngineOutput.Status status) {
        if (status.level() == EngineOutput.Status.Level.ALERT) {
            alerts.add(status.ticker() + ": " + status.text());
        }
    }

    /**
     * Reads the journal under a directory from beginning to end.
     *
     * @return how much was read
     */
    public JournalReader.Summary run(Path journal, JournalReader.OnDamage onDamage) {
        return JournalReader.read(journal, onDamage, (feed, kind, sequence, receivedNanos, bytes, from, to) -> {
            if (kind == Kind.STARTED) {
                starts++;
            }
            pipeline.record(feed, kind, sequence, receivedNanos, bytes, from, to);
        });
    }

    public Pipeline pipeline() {
        return pipeline;
    }

    public Tally tally() {
        return tally;
    }

    public ForecastScore score() {
        return score;
    }

    public LatencyProbe.Quantiles latency() {
        return latency.quantiles();
    }

    /** What the operator would have been told. */
    public List<String> alerts() {
        return List.copyOf(alerts);
    }

    /** Lives of workers in the journal. */
    public long starts() {
        return starts;
    }
}
