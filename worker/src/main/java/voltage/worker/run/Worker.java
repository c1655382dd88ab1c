package voltage.worker.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import voltage.engine.Decision;
import voltage.engine.Engine;
import voltage.engine.EngineOutput;
import voltage.engine.EngineSettings;
import voltage.market.EventSink;
import voltage.market.Feed;
import voltage.order.Command;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.LaneSwitched;
import voltage.order.Ledger;
import voltage.order.LedgerLoaded;
import voltage.store.journal.Journal;
import voltage.store.journal.Kind;
import voltage.store.json.AccountJson;
import voltage.strategy.EntryRecord;
import voltage.worker.pipeline.EngineFactory;
import voltage.worker.pipeline.LatencyProbe;
import voltage.worker.pipeline.Pipeline;

/**
 * The engine's surroundings in one thread: takes from the inbox, writes the journal, and only then decides. What has been decided on is
 * therefore always in the journal, whenever the process dies.
 */
public final class Worker {
    private static final int BATCH = 256;

    private final Inbox inbox;
    private final Journal journal;
    private final LongSupplier nanos;
    private final Outputs outputs;
    private final Pipeline pipeline;
    private final Tally tally = new Tally();
    private final List<Inbox.Item> batch = new ArrayList<>(BATCH);
    private long sequence;
    private long lastNanos;

    /** Where a worker's outputs go. All calls come from the worker's thread, in order. */
    public record Outputs(
            Consumer<Decision> decisions,
            Consumer<Command> commands,
            Consumer<EngineOutput.Status> status,
            Runnable resync,
            Consumer<EntryRecord> trades,
            Consumer<EngineOutput.ForecastNeeded> forecasts) {
        /** Where nobody keeps records of trades. */
        public Outputs(
                Consumer<Decision> decisions,
                Consumer<Command> commands,
                Consumer<EngineOutput.Status> status,
                Runnable resync,
                Consumer<EngineOutput.ForecastNeeded> forecasts) {
            this(decisions, commands, status, resync, trade -> {}, forecasts);
        }
    }

    /**
     * @param nanos the lane's clock, epoch nanoseconds UTC
     * @param tap sees every event before the engine
     */
    public Worker(
            Inbox inbox,
            Journal journal,
            LongSupplier nanos,
            EventSink tap,
            LatencyProbe frameToDecision,
            Outputs outputs) {
        this.inbox = inbox;
        this.journal = journal;
        this.nanos = nanos;
        this.outputs = outputs;
        this.sequence = journal.lastSequence();
        this.pipeline = new Pipeline(
                this::output,
                event -> {
                    tally.on(event);
                    tap.on(event);
                },
                frameToDecision);
    }

    /** Begins a life: the settings first, then the lane as the ledger has it. There is no other start-up path. */
    public void start(EngineSettings settings, Ledger ledger) {
        start(settings, Optional.empty(), ledger);
    }

    /**
     * The same with an entry filter.
     *
     * @param filterFile the content of its file, if there is one
     */
    public void start(EngineSettings settings, Optional<String> filterFile, Ledger ledger) {
        byte[] bytes = EngineFactory.toJson(settings, filterFile);
        record(Feed.OPERATOR, Kind.STARTED, bytes);
        loadLedger(settings.lane(), ledger);
    }

    /** Reads the lane from the ledger and hands it to the engine as an input like any other. */
    public void loadLedger(Lane lane, Ledger ledger) {
        inbox.frame(
                Feed.LEDGER,
                AccountJson.write(new LedgerLoaded(
                        ledger.entries(lane, 0).entries(), ledger.unfinished(lane), ledger.laneState(lane), 0, 0)));
        drain();
    }

    /**
     * Stops entries here, whatever the ledger says of the lane; everything is observed on. {@link #loadLedger} ends it. An input like
     * any other, so that a replay stops at the same place.
     */
    public void pause(Lane lane, String reason) {
        LaneState state = laneState(lane);
        inbox.frame(
                Feed.LEDGER,
                AccountJson.write(new LaneSwitched(
                        new LaneState(
                                state.armed(),
                                true,
                                state.halted(),
                                state.fenceEpoch(),
                                state.leaseEpoch(),
                                state.version()),
                        reason,
                        0,
                        0)));
        outputs.status().accept(new EngineOutput.Status(lastNanos, EngineOutput.Status.Level.ALERT, "", reason));
        drain();
    }

    private void record(Feed feed, Kind kind, byte[] bytes) {
        lastNanos = Math.max(lastNanos, nanos.getAsLong());
        journal.append(feed, kind, ++sequence, lastNanos, bytes, 0, bytes.length);
        journal.flush();
        pipeline.record(feed, kind, sequence, lastNanos, bytes, 0, bytes.length);
    }

    /**
     * Handles everything that waits: journal first, decisions second.
     *
     * @return how many there were
     */
    public int drain() {
        int total = 0;
        for (int taken = inbox.drainTo(batch, BATCH); taken > 0; taken = inbox.drainTo(batch, BATCH)) {
            total += taken;
            handleBatch();
        }
        for (Feed feed : inbox.takeOverrun()) {
            record(feed, Kind.DISCONNECTED, "inbox overrun".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return total;
    }

    /** Waits for something to handle until the next second has to be told, at most. Only for a live clock. */
    public void await() throws InterruptedException {
        long wait = Math.max(1, pipeline.nextTimerNanos() - nanos.getAsLong());
        Inbox.Item first = inbox.poll(wait);
        if (first != null) {
            batch.add(first);
            inbox.drainTo(batch, BATCH - 1);
            handleBatch();
        }
    }

    private void handleBatch() {
        long first = sequence + 1;
        long stamp = lastNanos;
        for (Inbox.Item item : batch) {
            stamp = Math.max(stamp, item.receivedNanos());
            journal.append(item.feed(), item.kind(), ++sequence, stamp, item.bytes(), 0, item.bytes().length);
        }
        journal.flush();
        for (int i = 0; i < batch.size(); i++) {
            Inbox.Item item = batch.get(i);
            lastNanos = Math.max(lastNanos, item.receivedNanos());
            pipeline.record(item.feed(), item.kind(), first + i, lastNanos, item.bytes(), 0, item.bytes().length);
        }
        batch.clear();
        outputs.resync().run();
    }

    /** Tells the engine every whole second up to now. */
    public void tick() {
        long now = nanos.getAsLong();
        lastNanos = Math.max(lastNanos, now);
        pipeline.advance(now);
    }

    /** Ends this life in order. */
    public void stop() {
        drain();
        record(Feed.OPERATOR, Kind.ENDED, new byte[0]);
    }

    private void output(EngineOutput output) {
        tally.output(output);
        switch (output) {
            case EngineOutput.Decided decided -> outputs.decisions().accept(decided.decision());
            case EngineOutput.Intent intent -> outputs.commands().accept(intent.command());
            case EngineOutput.Status status -> outputs.status().accept(status);
            case EngineOutput.TradeRecorded recorded -> outputs.trades().accept(recorded.trade());
            case EngineOutput.ForecastNeeded needed -> outputs.forecasts().accept(needed);
            case EngineOutput.BookNeeded needed -> {
                pipeline.decoders().kalshiStream().distrust(needed.market());
                outputs.resync().run();
            }
        }
    }

    public Pipeline pipeline() {
        return pipeline;
    }

    public Tally tally() {
        return tally;
    }

    /** The lane's state as the engine knows it. */
    public LaneState laneState(Lane lane) {
        Engine engine = pipeline.engine();
        return engine == null ? LaneState.initial(lane) : engine.laneState();
    }
}
