package voltage.local.simulation;

import java.util.Map;
import java.util.function.Consumer;
import voltage.engine.Decision;
import voltage.engine.EngineSettings;
import voltage.kalshi.auth.SignedHeaders;
import voltage.kalshi.stream.Resync;
import voltage.local.play.VirtualTime;
import voltage.local.simulation.cloud.CloudOperation;
import voltage.local.simulation.cloud.Fault;
import voltage.local.simulation.cloud.ProcessDeath;
import voltage.local.simulation.cloud.Verdict;
import voltage.market.Feed;
import voltage.market.TradedSeries;
import voltage.order.Command;
import voltage.order.CommandQueue;
import voltage.order.LaneState;
import voltage.order.LaneSwitched;
import voltage.order.ReportQueue;
import voltage.store.journal.Journal;
import voltage.store.journal.Kind;
import voltage.store.json.AccountJson;
import voltage.store.lease.Leadership;
import voltage.store.queue.SqsReportQueue;
import voltage.worker.feed.LiveFeed;
import voltage.worker.feed.Timers;
import voltage.worker.pipeline.LatencyProbe;
import voltage.worker.run.CommandPublisher;
import voltage.worker.run.Feeds;
import voltage.worker.run.Inbox;
import voltage.worker.run.SteadyClock;
import voltage.worker.run.Steering;
import voltage.worker.run.Worker;

/** One process of the worker, from its start to its death: the real feeds, pipeline and engine over a journal that outlives it. */
final class WorkerLife {
    private static final int INBOX = 1 << 13;

    private final World world;
    private final Journal journal;
    private final long epoch;
    private final Leadership leadership;
    private final CommandQueue queue;
    private final Decisions decisions;
    private final ReportQueue reports;
    private final GapWatch gaps = new GapWatch();
    private final SteadyClock clock;
    private final Inbox inbox;
    private final Feeds feeds;
    private final Worker worker;
    private boolean isDead;
    private boolean isStarting;
    private boolean isBeginning;
    private long toldVersion = -1;

    /**
     * @param epoch under which it began to lead
     * @param queue where its commands go
     */
    WorkerLife(
            World world,
            Wire wire,
            MemoryJournal journal,
            Decisions decisions,
            String keyId,
            long epoch,
            Leadership leadership,
            CommandQueue queue) {
        this.world = world;
        this.journal = journal;
        this.epoch = epoch;
        this.leadership = leadership;
        this.queue = queue;
        this.decisions = decisions;
        reports = new SqsReportQueue(world.cloud.sqs(this::verdict), World.RESOURCES, 0);
        clock = new SteadyClock(world::laneNanos, world::now);
        inbox = new Inbox(INBOX, clock);
        Timers timers = timers();
        feeds = new Feeds(
                Wire.endpoints(),
                TradedSeries.QUARTER_HOUR.tickers(),
                new Feeds.Parts(
                        wire.sockets(gaps),
                        wire.reads(),
                        timers,
                        timers,
                        inbox,
                        () -> VirtualTime.instantOf(world.laneNanos()),
                        epoch,
                        java.util.Set.of(),
                        true,
                        () -> Map.of(
                                SignedHeaders.KEY,
                                keyId,
                                SignedHeaders.TIMESTAMP,
                                Long.toString(Math.floorDiv(world.laneNanos(), World.MILLI)),
                                SignedHeaders.SIGNATURE,
                                "c2ltdWxhdGVk")));
        Steering steering = new Steering(feeds.kalshiStream(), feeds.kalshiRest(), TradedSeries.QUARTER_HOUR);
        worker = new Worker(
                inbox,
                new MortalJournal(),
                clock,
                steering,
                LatencyProbe.off(),
                new Worker.Outputs(
                        this::decided,
                        publishing(),
                        status -> world.log.add(() -> "worker " + epoch + " " + status),
                        this::resync,
                        // HAR stands in: its arithmetic is the same on every machine, and so is the digest.
                        needed -> {}));
    }

    private Timers timers() {
        return new Timers() {
            @Override
            public long nowNanos() {
                return world.now();
            }

            @Override
            public Cancellable after(long delayNanos, Runnable task) {
                return world.time.after(delayNanos, () -> {
                    if (!isDead) {
                        task.run();
                    }
                });
            }
        };
    }

    /** Dies by its own faults on its way through the journal. */
    private final class MortalJournal implements Journal {
        @Override
        public long lastSequence() {
            return journal.lastSequence();
        }

        @Override
        public void append(Feed feed, Kind kind, long sequence, long receivedNanos, byte[] bytes, int from, int to) {
            journal.append(feed, kind, sequence, receivedNanos, bytes, from, to);
            isBeginning |= kind == Kind.STARTED;
            dieAt(0);
        }

        @Override
        public void flush() {
            journal.flush();
            if (isBeginning) {
                isBeginning = false;
                decisions.begin();
            }
            dieAt(1);
        }
    }

    /** @param point 0 before the journal is safe, 1 after it, 2 before a command is sent, 3 after it */
    private void dieAt(int point) {
        FaultKind kind = isStarting ? FaultKind.WORKER_KILLED_STARTING : FaultKind.WORKER_KILLED;
        if (world.board.waits(kind)) {
            PlannedFault fault = world.board.takeIf(kind, waiting -> isStarting || waiting.pick() % 4 == point);
            if (fault != null) {
                isDead = true;
                throw new ProcessDeath(kind.words());
            }
        }
    }

    private Consumer<Command> publishing() {
        CommandPublisher publisher = new CommandPublisher(queue, inbox, leadership);
        return command -> {
            command.market()
                    .ifPresent(ticker -> world.rules.intended(command, gaps.isWhole(ticker), gaps.bookNanos(ticker)));
            dieAt(2);
            LaneState state = worker.laneState(World.LANE);
            world.log.add(() -> "worker " + epoch + " wants " + command);
            publisher.send(command, state);
            dieAt(3);
        };
    }

    private void decided(Decision decision) {
        world.observation.decision(decision);
        decisions.made(decision);
    }

    private void resync() {
        var stream = feeds.kalshiStream();
        if (stream != null) {
            for (Resync resync : worker.pipeline().decoders().kalshiStream().takeResyncs()) {
                stream.resync(resync.sid(), resync.tickers());
            }
        }
    }

    /** Starts as every start is: the ledger, then the feeds. */
    void start() {
        isStarting = true;
        worker.start(EngineSettings.defaults(World.LANE).withoutModels(), world.ledger);
        for (LiveFeed feed : feeds.all()) {
            feed.start();
        }
        isStarting = false;
    }

    /** Handles what waits; whether there was anything. */
    boolean drain() {
        return !isDead && worker.drain() > 0;
    }

    void tick() {
        worker.tick();
    }

    /** When the next second has to be told, in true time. */
    long nextTimerNanos() {
        long lane = isDead ? Long.MAX_VALUE : worker.pipeline().nextTimerNanos();
        return lane == Long.MAX_VALUE ? lane : world.now() + lane - clock.getAsLong();
    }

    /** Takes the reports that wait on the lane's queue. */
    void receiveReports() {
        int received = reports.receive(World.LANE, body -> inbox.frame(Feed.REPORTS, body));
        assert received >= 0;
    }

    /** What becomes of a call to the queue of reports. */
    private Verdict verdict(CloudOperation operation, String queue) {
        return operation == CloudOperation.DELETE_MESSAGE && world.board.take(FaultKind.REPORT_DUPLICATED) != null
                ? Verdict.of(Fault.DELETE_LOST)
                : Verdict.PASS;
    }

    /** The lane's state, if it has changed since it was told last. */
    void tell(LaneState state) {
        if (!isDead && state.version() != toldVersion) {
            toldVersion = state.version();
            inbox.frame(Feed.OPERATOR, AccountJson.write(new LaneSwitched(state, "as the ledger has it", 0, 0)));
        }
    }

    void kill() {
        isDead = true;
    }

    GapWatch gaps() {
        return gaps;
    }

    /** Ends it in order. */
    void stop() {
        feeds.all().forEach(LiveFeed::stop);
        worker.stop();
        decisions.endInOrder();
    }

    boolean isDead() {
        return isDead;
    }

    long epoch() {
        return epoch;
    }

    long sequenceGaps() {
        return gaps.gaps();
    }
}
