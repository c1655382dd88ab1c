package voltage.local.play;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import voltage.engine.Decision;
import voltage.engine.EngineOutput;
import voltage.engine.EngineSettings;
import voltage.kalshi.auth.ApiKey;
import voltage.kalshi.auth.SignedHeaders;
import voltage.kalshi.stream.Resync;
import voltage.local.exchange.LocalExchange;
import voltage.local.feeds.FeedVenue;
import voltage.local.session.Session;
import voltage.local.session.SessionEvent;
import voltage.market.EventSink;
import voltage.market.Feed;
import voltage.market.Venue;
import voltage.order.Account;
import voltage.order.Command;
import voltage.order.CommandQueue;
import voltage.order.Ledger;
import voltage.order.ReportQueue;
import voltage.store.journal.JournalWriter;
import voltage.store.lease.LeaseStore;
import voltage.store.lease.LeaseTerms;
import voltage.store.lease.WorkerLease;
import voltage.strategy.EntryRecord;
import voltage.worker.feed.LiveFeed;
import voltage.worker.inference.Inference;
import voltage.worker.pipeline.LatencyProbe;
import voltage.worker.run.CommandPublisher;
import voltage.worker.run.Feeds;
import voltage.worker.run.Inbox;
import voltage.worker.run.LeaseWatch;
import voltage.worker.run.Steering;
import voltage.worker.run.Worker;

/**
 * One session played through feeds, worker, queue, executor and exchange under a virtual clock. What is plugged in decides whether that
 * goes over sockets and the embedded cloud or stays in memory; the order of happenings is the same.
 */
final class Play implements AutoCloseable {
    private static final int INBOX = 1 << 16;
    /** From sending a command to the executor's start: facts about SQS and Lambda say 28 ms at the median. */
    private static final long COMMAND_NANOS = 28_000_000L;
    /** From the executor's report to the worker's receipt. */
    private static final long REPORT_NANOS = 20_000_000L;
    /** One way between executor and exchange. */
    private static final long WIRE_NANOS = 11_000_000L;

    /** From the question to the forecast; a tenth of it is usual. */
    private static final long INFERENCE_NANOS = 2_000_000L;

    private static final long BUSY_NANOS = 20_000_000L;
    private static final long MILLION = 1_000_000L;
    /** After the last market is final: time for its settlement to be booked. */
    private static final long AFTERMATH_NANOS = 180_000L * MILLION;

    private final Session session;
    private final EngineSettings settings;
    private final VirtualTime time;
    private final Parts parts;
    private final Session.EventCursor cursor;
    private final Inbox inbox;
    private final Feeds feeds;
    private final Worker worker;
    private final WorkerLease lease;
    private final LeaseWatch leaseWatch;
    /** The worker has stopped: a lease given back is not one that was lost. */
    private boolean isOver;

    private final Conductor conductor;
    private final LatencyProbe frameToDecision = LatencyProbe.of(System::nanoTime);
    private boolean isPumping;

    /**
     * What is plugged in.
     *
     * @param key of the account that trades
     * @param models that forecast
     * @param pump lets the executor handle what waits in the queue; whether there was anything
     */
    record Parts(
            LocalExchange exchange,
            List<FeedVenue> venues,
            Outside outside,
            ApiKey key,
            Ledger ledger,
            CommandQueue commands,
            ReportQueue reports,
            LeaseStore leases,
            BooleanSupplier pump,
            JournalWriter journal,
            Inference.Choice models) {}

    /** Who watches. */
    record Watchers(
            Consumer<Decision> decisions,
            Consumer<EngineOutput.Status> status,
            Consumer<EntryRecord> trades,
            EventSink events) {}

    Play(Session session, EngineSettings settings, VirtualTime time, Pace pace, Parts parts, Watchers watchers) {
        this.session = session;
        this.settings = settings;
        this.time = time;
        this.parts = parts;
        cursor = session.open();
        inbox = new Inbox(INBOX, time::nowNanos);
        SignedHeaders signed = new SignedHeaders(parts.key());
        Outside outside = parts.outside();
        feeds = new Feeds(
                outside.endpoints(),
                settings.limits().series().tickers(),
                new Feeds.Parts(
                        outside.sockets(),
                        outside.http(),
                        time,
                        time,
                        inbox,
                        time,
                        1,
                        session.source() == Session.Source.RECORDED ? Set.of(Venue.BINANCE) : Set.of(),
                        true,
                        () -> signed.of("GET", LocalExchange.STREAM_PATH, time.nowNanos() / MILLION)));
        Steering steering = new Steering(
                feeds.kalshiStream(), feeds.kalshiRest(), settings.limits().series());
        lease = new WorkerLease(
                parts.leases(), settings.lane(), "play " + UUID.randomUUID(), LeaseTerms.DEFAULT, time::nowNanos);
        CommandPublisher publisher = new CommandPublisher(parts.commands(), inbox, lease);
        worker = new Worker(
                inbox,
                parts.journal(),
                time::nowNanos,
                event -> {
                    steering.on(event);
                    watchers.events().on(event);
                },
                frameToDecision,
                new Worker.Outputs(
                        watchers.decisions(),
                        command -> publish(publisher, command),
                        watchers.status(),
                        this::resync,
                        watchers.trades(),
                        new Inference(
                                this::forecast,
                                parts.models(),
                                text -> watchers.status().accept(alert(text)))));
        leaseWatch = new LeaseWatch(lease, worker, settings.lane(), parts.ledger());
        conductor = new Conductor(time, cursor, actors(), outside::isQuiet, worker, pace);
    }

    /** Not at once: where it stood among the frames of the same instant would depend on how these travel. */
    private void forecast(byte[] bytes) {
        time.plan(INFERENCE_NANOS, () -> inbox.frame(Feed.FORECAST, bytes));
    }

    private EngineOutput.Status alert(String text) {
        return new EngineOutput.Status(time.nowNanos(), EngineOutput.Status.Level.ALERT, "", text);
    }

    private List<Actor> actors() {
        List<Actor> actors = new ArrayList<>();
        LocalExchange exchange = parts.exchange();
        actors.add(new Actor() {
            @Override
            public void apply(SessionEvent event) {
                exchange.apply(event);
            }

            @Override
            public void advanceTo(long nanos) {
                exchange.advanceTo(nanos);
            }

            @Override
            public long nextDueNanos() {
                return exchange.nextDueNanos();
            }
        });
        for (FeedVenue venue : parts.venues()) {
            actors.add(new Actor() {
                @Override
                public void apply(SessionEvent event) {
                    venue.apply(event);
                }

                @Override
                public void advanceTo(long nanos) {
                    venue.advanceTo(nanos);
                }

                @Override
                public long nextDueNanos() {
                    return venue.nextDueNanos();
                }
            });
        }
        return actors;
    }

    private void publish(CommandPublisher publisher, Command command) {
        publisher.send(command, worker.laneState(settings.lane()));
        time.plan(COMMAND_NANOS, this::pump);
    }

    /** One executor at a time: while one is waiting for the exchange, time goes on, and the next comes later. */
    private void pump() {
        if (isPumping) {
            time.plan(BUSY_NANOS, this::pump);
            return;
        }
        isPumping = true;
        try {
            while (parts.pump().getAsBoolean()) {
                time.plan(REPORT_NANOS, this::collect);
            }
        } finally {
            isPumping = false;
        }
    }

    private void collect() {
        int received = parts.reports().receive(settings.lane(), body -> inbox.frame(Feed.REPORTS, body));
        assert received >= 0;
    }

    private void resync() {
        var stream = feeds.kalshiStream();
        if (stream != null) {
            for (Resync resync : worker.pipeline().decoders().kalshiStream().takeResyncs()) {
                stream.resync(resync.sid(), resync.tickers());
            }
        }
    }

    /** How an executor waits inside this play. */
    void pause(long nanos) {
        conductor.pause(nanos);
    }

    /** What one way over the wire takes. */
    void wire() {
        conductor.pause(WIRE_NANOS);
    }

    /** Ends the play after its current step; what is on its way stays where it is, as when a process dies. */
    void stop() {
        conductor.stop();
    }

    /** A worker that was killed still has the lease: its successor stands by until it may take it, as it would anywhere. */
    private void awaitLease() {
        while (!conductor.isStopped() && lease.epoch().isEmpty()) {
            long wait = lease.tick();
            conductor.pause(wait);
        }
        keepLease();
    }

    private void keepLease() {
        if (isOver) {
            return;
        }
        long wait = lease.tick();
        leaseWatch.check();
        if (wait != Long.MAX_VALUE) {
            time.plan(wait, this::keepLease);
        }
    }

    /** Plays the session to its end, or until {@link #stop}. */
    void run() {
        for (SessionEvent event = cursor.peek();
                event != null && event.atNanos() < time.nowNanos();
                event = cursor.peek()) {
            cursor.next();
        }
        awaitLease();
        long startNanos = time.nowNanos();
        worker.start(settings, parts.ledger());
        conductor.rest();
        for (LiveFeed feed : feeds.all()) {
            feed.start();
            conductor.rest();
            conductor.runUntil(startNanos);
        }
        collect();
        conductor.rest();
        pump();
        playEvents();
        endOfRecording();
        conductor.runUntil(session.endNanos());
        long patience = session.endNanos() + AFTERMATH_NANOS;
        while (!conductor.isStopped() && time.nowNanos() < patience && !isSettled()) {
            conductor.runUntil(time.nowNanos() + 1_000 * MILLION);
        }
        if (!conductor.isStopped()) {
            feeds.kalshiRest().stop();
            conductor.rest();
            worker.stop();
            isOver = true;
            lease.release();
        }
    }

    /** Plays until the session has no more events. */
    private void playEvents() {
        while (!conductor.isStopped() && cursor.peek() != null) {
            SessionEvent next = cursor.peek();
            conductor.runUntil(next == null ? time.nowNanos() : next.atNanos());
        }
    }

    /** Nothing more comes from the streams: they are stopped, and only results are still polled for. */
    private void endOfRecording() {
        if (conductor.isStopped()) {
            return;
        }
        for (Feed feed : Feed.values()) {
            LiveFeed live = feeds.byFeed().get(feed);
            if (live != null && feed != Feed.KALSHI_REST) {
                live.stop();
                conductor.rest();
            }
        }
    }

    private boolean isSettled() {
        var engine = worker.pipeline().engine();
        Collection<Account.Position> positions =
                engine == null ? List.of() : engine.account().positions().values();
        return positions.stream().allMatch(Account.Position::isSettled);
    }

    Worker worker() {
        return worker;
    }

    LatencyProbe.Quantiles frameToDecision() {
        return frameToDecision.quantiles();
    }

    Map<Feed, LiveFeed> feeds() {
        return feeds.byFeed();
    }

    @Override
    public void close() {
        cursor.close();
        parts.outside().close();
    }
}
