package voltage.local.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import voltage.engine.Engine;
import voltage.engine.EngineOutput;
import voltage.engine.EngineSettings;
import voltage.kalshi.auth.ApiKey;
import voltage.kalshi.auth.SignedHeaders;
import voltage.kalshi.stream.Resync;
import voltage.market.Feed;
import voltage.order.Account;
import voltage.order.Lane;
import voltage.order.Ledger;
import voltage.order.ReportQueue;
import voltage.store.journal.JournalOptions;
import voltage.store.journal.JournalWriter;
import voltage.worker.dashboard.DashboardSnapshot;
import voltage.worker.feed.FeedHealth;
import voltage.worker.feed.JdkHttpGet;
import voltage.worker.feed.LiveFeed;
import voltage.worker.feed.LiveTimers;
import voltage.worker.feed.NettyWebSocketTransport;
import voltage.worker.inference.Inference;
import voltage.worker.inference.ModelWatch;
import voltage.worker.pipeline.LatencyProbe;
import voltage.worker.report.TradeLog;
import voltage.worker.run.CommandPublisher;
import voltage.worker.run.Endpoints;
import voltage.worker.run.Feeds;
import voltage.worker.run.Inbox;
import voltage.worker.run.LaneWatch;
import voltage.worker.run.LeaseWatch;
import voltage.worker.run.SteadyClock;
import voltage.worker.run.Steering;
import voltage.worker.run.Tally;
import voltage.worker.run.Worker;
import voltage.worker.view.WorkerView;

/**
 * The composition for paper trading: live feeds and the worker over a {@link PaperCloud}. Starting in a used folder continues: the ledger
 * is read, unfinished commands are resolved, the journal goes on. A worker that loses its lease ends.
 */
public final class PaperTrading implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PaperTrading.class);
    private static final Lane LANE = PaperCloud.LANE;
    private static final EngineSettings SETTINGS = EngineSettings.defaults(LANE);
    /** Put there by {@code filter train}; a worker takes it when it starts. */
    public static final String FILTER_FILE = "entry-filter.json";

    private static final int INBOX = 1 << 16;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long FETCH_SECONDS = 5;
    /** What an operator switches is known this soon; the executor knows at once. */
    private static final Duration LANE_WATCH = Duration.ofMillis(500);
    /** What is promoted forecasts this soon. */
    private static final Duration MODEL_WATCH = Duration.ofSeconds(10);

    /** Closed in reverse order. */
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private final SteadyClock clock = new SteadyClock(PaperTrading::nowNanos, System::nanoTime);
    private final Inbox inbox = new Inbox(INBOX, clock);
    private final LatencyProbe frameToDecision = LatencyProbe.of(System::nanoTime);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Ledger ledger;
    private final ReportQueue reports;
    private final LiveLease lease;
    private final Feeds feeds;
    private final Worker worker;
    private final Optional<String> filterFile;
    private final Thread engine =
            Thread.ofPlatform().name("engine").daemon(true).unstarted(this::decide);
    private final Thread receiver =
            Thread.ofPlatform().name("report-receiver").daemon(true).unstarted(this::receive);
    private final Thread laneWatch;
    private final Thread modelWatch;
    private volatile boolean isStopping;
    private volatile State state = new State(0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of());

    /** What a dashboard shows of paper trading. */
    public static WorkerView view() {
        return new WorkerView(
                new WorkerView.About(DashboardSnapshot.Source.LIVE, LANE.label(), 100, SETTINGS), System::nanoTime);
    }

    /**
     * How it stands, as of the last whole second.
     *
     * @param signs what the decoders saw that calls for a look, by feed
     */
    public record State(
            long cashE6,
            long equityE6,
            int openPositions,
            long events,
            long decisions,
            long intents,
            long fills,
            long settlements,
            long dropped,
            Map<Feed, String> signs) {}

    private PaperTrading(
            PaperCloud cloud,
            LiveLease lease,
            Endpoints endpoints,
            Optional<ApiKey> key,
            Path directory,
            WorkerView view,
            Consumer<EngineOutput.Status> status) {
        try {
            ledger = cloud.ledger();
            reports = cloud.reports();
            this.lease = lease;
            JournalWriter journal =
                    opened(JournalWriter.open(directory.resolve("journal"), cloud.archive(), JournalOptions.DEFAULT));
            CommandSender sender =
                    opened(new CommandSender(new CommandPublisher(cloud.commands(), inbox, lease.lease()), inbox));
            sender.start();
            feeds = feeds(endpoints, key);
            Steering steering = new Steering(
                    feeds.kalshiStream(), feeds.kalshiRest(), SETTINGS.limits().series());
            TradeSender trades =
                    opened(new TradeSender(TradeLog.append(directory.resolve("trades.jsonl")), cloud.trades(), LANE));
            trades.start();
            filterFile = filterFile(directory);
            Inference inference = new Inference(
                    bytes -> inbox.frame(Feed.FORECAST, bytes),
                    Inference.Choice.none("the models are not loaded yet"),
                    text -> told(
                            new EngineOutput.Status(clock.getAsLong(), EngineOutput.Status.Level.ALERT, "", text),
                            view,
                            status));
            worker = new Worker(
                    inbox,
                    journal,
                    clock,
                    event -> {
                        steering.on(event);
                        view.on(event);
                    },
                    frameToDecision,
                    new Worker.Outputs(
                            view::decided,
                            command -> sender.send(command, laneState()),
                            told -> told(told, view, status),
                            this::resync,
                            trades::ended,
                            inference));
            view.attach(worker, feeds.byFeed());
            ModelWatch models = new ModelWatch(cloud.models(), LANE, inference::use);
            modelWatch =
                    Thread.ofPlatform().name("model-watch").daemon(true).unstarted(() -> models.watch(MODEL_WATCH));
            LaneWatch watch = new LaneWatch(ledger, LANE, inbox);
            laneWatch = Thread.ofPlatform().name("lane-watch").daemon(true).unstarted(() -> watch.watch(LANE_WATCH));
        } catch (RuntimeException e) {
            closeParts();
            throw e;
        }
    }

    /**
     * Starts a worker that leads; returns when the feeds are being connected.
     *
     * @param lease which leads already; a worker that stands by has nothing to start. Stays the caller's
     * @param directory of the journal; continued if it has been used before
     * @param view shown by a dashboard; fed on the engine's thread
     * @param status told what the engine has to say, on its thread
     */
    public static PaperTrading start(
            PaperCloud cloud,
            LiveLease lease,
            Endpoints endpoints,
            Optional<ApiKey> key,
            Path directory,
            WorkerView view,
            Consumer<EngineOutput.Status> status) {
        PaperTrading paper = new PaperTrading(cloud, lease, endpoints, key, directory, view, status);
        try {
            paper.engine.start();
            paper.receiver.start();
            paper.laneWatch.start();
            paper.modelWatch.start();
            paper.feeds.all().forEach(LiveFeed::start);
            return paper;
        } catch (RuntimeException e) {
            paper.close();
            throw e;
        }
    }

    /** The entry filter of this folder, if there is one; what is in the file is for the engine to judge. */
    private static Optional<String> filterFile(Path directory) {
        Path file = directory.resolve(FILTER_FILE);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", file, e.toString());
            return Optional.of("");
        }
    }

    private static void told(EngineOutput.Status told, WorkerView view, Consumer<EngineOutput.Status> status) {
        view.status(told);
        status.accept(told);
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    private Feeds feeds(Endpoints endpoints, Optional<ApiKey> key) {
        Supplier<Map<String, String>> headers = null;
        if (key.isPresent()) {
            SignedHeaders signed = new SignedHeaders(key.get());
            String path = endpoints.kalshiStream().getPath();
            headers = () -> signed.of("GET", path, nowNanos() / 1_000_000);
        }
        NettyWebSocketTransport sockets = opened(new NettyWebSocketTransport());
        return new Feeds(
                endpoints,
                SETTINGS.limits().series().tickers(),
                new Feeds.Parts(
                        sockets,
                        opened(new JdkHttpGet(Duration.ofSeconds(FETCH_SECONDS))),
                        opened(new LiveTimers("feed-timers")),
                        opened(new LiveTimers("kalshi-polls")),
                        inbox,
                        InstantSource.system(),
                        nowNanos(),
                        Set.of(),
                        // Paper fills are made here: the key's own account has none of them.
                        false,
                        headers));
    }

    private void decide() {
        try {
            worker.start(SETTINGS, filterFile, ledger);
            LeaseWatch watch = new LeaseWatch(lease.lease(), worker, LANE, ledger);
            long dropped = 0;
            long toldNanos = 0;
            while (!isStopping) {
                lease.alive();
                watch.check();
                worker.await();
                worker.drain();
                worker.tick();
                if (inbox.dropped() != dropped) {
                    // A report may have been among what was lost: the ledger has it.
                    dropped = inbox.dropped();
                    worker.loadLedger(LANE, ledger);
                }
                long now = nowNanos();
                if (now - toldNanos >= SECOND_NANOS) {
                    toldNanos = now;
                    look();
                }
            }
            worker.stop();
            look();
            ended.complete(null);
        } catch (InterruptedException | RuntimeException | Error e) {
            ended.completeExceptionally(e);
        }
    }

    /** The engine's objects belong to its thread: others see this copy. */
    private void look() {
        Engine running = worker.pipeline().engine();
        if (running == null) {
            return;
        }
        Account account = running.account();
        Tally tally = worker.tally();
        state = new State(
                account.cashE6(),
                running.equityE6(),
                (int) account.positions().values().stream()
                        .filter(Account.Position::isOpen)
                        .count(),
                worker.pipeline().stats().events(),
                tally.decisions(),
                tally.intents(),
                tally.fills(),
                tally.settlements(),
                inbox.dropped(),
                worker.pipeline().decoders().signs());
    }

    /** A report belongs to the worker that leads: one that does not lets it lie, or puts it back. */
    private void receive() {
        while (!isStopping) {
            if (lease.lease().epoch().isEmpty()) {
                LockSupport.parkNanos(SECOND_NANOS / 10);
                continue;
            }
            try {
                int received = reports.receive(LANE, this::received);
                assert received >= 0;
            } catch (RuntimeException e) {
                LOG.warn("reports could not be received; trying again in a second: {}", e.toString());
                LockSupport.parkNanos(SECOND_NANOS);
            }
        }
    }

    private void received(byte[] body) {
        if (lease.lease().epoch().isEmpty()) {
            throw new IllegalStateException("this worker does not lead; the report goes back to the queue");
        }
        inbox.frame(Feed.REPORTS, body);
    }

    private void resync() {
        var stream = feeds.kalshiStream();
        if (stream != null) {
            for (Resync resync : worker.pipeline().decoders().kalshiStream().takeResyncs()) {
                stream.resync(resync.sid(), resync.tickers());
            }
        }
    }

    private voltage.order.LaneState laneState() {
        return worker.laneState(LANE);
    }

    public State state() {
        return state;
    }

    /** How each feed does. */
    public Map<Feed, FeedHealth> health() {
        Map<Feed, FeedHealth> health = new TreeMap<>();
        feeds.byFeed().forEach((feed, live) -> health.put(feed, live.health()));
        return health;
    }

    /** For a dashboard's source: the engine's thread alone may look into it. */
    public Worker worker() {
        return worker;
    }

    public Feeds feeds() {
        return feeds;
    }

    public LatencyProbe.Quantiles frameToDecision() {
        return frameToDecision.quantiles();
    }

    /** Done when the engine's thread has ended; failed if it could not go on. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    /** Stops in order: no more input, a last record in the journal, then everything behind it. */
    @Override
    public void close() {
        feeds.all().forEach(LiveFeed::stop);
        isStopping = true;
        join(engine);
        join(receiver);
        laneWatch.interrupt();
        modelWatch.interrupt();
        join(laneWatch);
        join(modelWatch);
        closeParts();
    }

    private static void join(Thread thread) {
        try {
            if (!thread.join(Duration.ofSeconds(5))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalThreadStateException e) {
            LOG.debug("{} was never started", thread.getName());
        }
    }

    private void closeParts() {
        for (@Nullable AutoCloseable part = parts.poll(); part != null; part = parts.poll()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} could not be closed in order: {}", part.getClass().getSimpleName(), e.toString());
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private static long nowNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * SECOND_NANOS + now.getNano();
    }
}
