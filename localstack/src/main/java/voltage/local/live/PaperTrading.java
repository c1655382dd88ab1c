package voltage.local.live;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;
import voltage.engine.Engine;
import voltage.engine.EngineOutput;
import voltage.engine.EngineSettings;
import voltage.kalshi.MarketCatalogue;
import voltage.kalshi.MarketReader;
import voltage.kalshi.auth.ApiKey;
import voltage.kalshi.auth.SignedHeaders;
import voltage.kalshi.rest.JdkHttpTransport;
import voltage.kalshi.rest.KalshiClient;
import voltage.kalshi.rest.Pause;
import voltage.kalshi.rest.RateBudget;
import voltage.kalshi.stream.Resync;
import voltage.lambda.execution.ExecutionHandler;
import voltage.lambda.execution.Executor;
import voltage.lambda.execution.ExecutorSettings;
import voltage.lambda.execution.KalshiBooks;
import voltage.lambda.execution.PaperExchange;
import voltage.local.cloud.EmbeddedCloud;
import voltage.local.lambda.FifoLambdaPump;
import voltage.market.FeeSchedule;
import voltage.market.Feed;
import voltage.market.MarketKeys;
import voltage.order.Account;
import voltage.order.Lane;
import voltage.order.Ledger;
import voltage.order.LedgerEntry;
import voltage.order.ReportQueue;
import voltage.risk.RiskLimits;
import voltage.store.cloud.CloudResources;
import voltage.store.cloud.S3JournalArchive;
import voltage.store.journal.JournalOptions;
import voltage.store.journal.JournalWriter;
import voltage.store.json.AccountJson;
import voltage.store.ledger.DynamoLedger;
import voltage.store.queue.SqsCommandQueue;
import voltage.store.queue.SqsReportQueue;
import voltage.worker.dashboard.DashboardSnapshot;
import voltage.worker.feed.FeedHealth;
import voltage.worker.feed.JdkHttpGet;
import voltage.worker.feed.LiveFeed;
import voltage.worker.feed.LiveTimers;
import voltage.worker.feed.NettyWebSocketTransport;
import voltage.worker.pipeline.LatencyProbe;
import voltage.worker.run.CommandPublisher;
import voltage.worker.run.Endpoints;
import voltage.worker.run.Feeds;
import voltage.worker.run.Inbox;
import voltage.worker.run.SteadyClock;
import voltage.worker.run.Steering;
import voltage.worker.run.Tally;
import voltage.worker.run.Worker;
import voltage.worker.view.WorkerView;

/**
 * The composition for paper trading: live feeds and the worker, the embedded cloud with the execution function, the paper exchange over
 * Kalshi's public books. Starting in a used folder continues: the ledger is read, unfinished commands are resolved, the journal goes on.
 */
public final class PaperTrading implements AutoCloseable {
    /** Paper money that a new folder begins with. */
    public static final long BANKROLL_E6 = 1_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(PaperTrading.class);
    private static final Lane LANE = Lane.PAPER;
    private static final List<String> SERIES = List.of("KXBTC15M");
    private static final int INBOX = 1 << 16;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long FETCH_SECONDS = 5;

    /** Closed in reverse order. */
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private final SteadyClock clock = new SteadyClock(PaperTrading::nowNanos, System::nanoTime);
    private final Inbox inbox = new Inbox(INBOX, clock);
    private final LatencyProbe frameToDecision = LatencyProbe.of(System::nanoTime);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Ledger ledger;
    private final ReportQueue reports;
    private final Feeds feeds;
    private final Worker worker;
    private final Thread engine =
            Thread.ofPlatform().name("engine").daemon(true).unstarted(this::decide);
    private final Thread receiver =
            Thread.ofPlatform().name("report-receiver").daemon(true).unstarted(this::receive);
    private volatile boolean isStopping;
    private volatile State state = new State(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** What a dashboard shows of paper trading. */
    public static WorkerView view() {
        return new WorkerView(
                new WorkerView.About(DashboardSnapshot.Source.LIVE, LANE.label(), 100, EngineSettings.defaults(LANE)),
                System::nanoTime);
    }

    /** How it stands, as of the last whole second. */
    public record State(
            long cashE6,
            long equityE6,
            int openPositions,
            long events,
            long decisions,
            long intents,
            long fills,
            long settlements,
            long dropped) {}

    private PaperTrading(
            Endpoints endpoints,
            Optional<ApiKey> key,
            Path directory,
            WorkerView view,
            Consumer<EngineOutput.Status> status) {
        try {
            EmbeddedCloud cloud = opened(EmbeddedCloud.start(
                    EmbeddedCloud.Options.durable(CloudResources.of("local"), directory.resolve("cloud"))));
            CloudResources resources = cloud.resources();
            SqsClient sqs = cloud.clients().sqs();
            ledger = new DynamoLedger(cloud.clients().dynamoDb(), resources);
            reports = new SqsReportQueue(sqs, resources, 1);
            JournalWriter journal = opened(JournalWriter.open(
                    directory.resolve("journal"),
                    new S3JournalArchive(
                            cloud.clients().s3(),
                            resources.bucket(CloudResources.BucketRole.JOURNAL).name()),
                    JournalOptions.DEFAULT));
            opened(pump(sqs, resources, endpoints)).start();
            CommandSender sender = opened(
                    new CommandSender(new CommandPublisher(new SqsCommandQueue(sqs, resources), inbox, 0), inbox));
            sender.start();
            feeds = feeds(endpoints, key);
            Steering steering = new Steering(feeds.kalshiStream(), feeds.kalshiRest());
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
                            told -> {
                                view.status(told);
                                status.accept(told);
                            },
                            this::resync));
            view.attach(worker, feeds.byFeed());
        } catch (RuntimeException e) {
            closeParts();
            throw e;
        }
    }

    /**
     * Starts everything; returns when the feeds are being connected.
     *
     * @param directory continued if it has been used before
     * @param view shown by a dashboard; fed on the engine's thread
     * @param status told what the engine has to say, on its thread
     * @throws IllegalStateException if another process uses the directory
     */
    public static PaperTrading start(
            Endpoints endpoints,
            Optional<ApiKey> key,
            Path directory,
            WorkerView view,
            Consumer<EngineOutput.Status> status) {
        PaperTrading paper = new PaperTrading(endpoints, key, directory, view, status);
        try {
            paper.ledger.book(LANE, List.of(new LedgerEntry.Deposited("start", BANKROLL_E6, nowNanos())));
            paper.engine.start();
            paper.receiver.start();
            paper.feeds.all().forEach(LiveFeed::start);
            return paper;
        } catch (RuntimeException e) {
            paper.close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    /** The execution function over its queue, as AWS runs it. */
    private FifoLambdaPump pump(SqsClient sqs, CloudResources resources, Endpoints endpoints) {
        InstantSource clock = InstantSource.system();
        KalshiClient client = new KalshiClient(
                endpoints.kalshiRest(),
                Optional.empty(),
                new JdkHttpTransport(),
                clock,
                new RateBudget(RateBudget.Settings.BASIC, clock),
                Pause.sleeping(),
                new SplittableRandom(nowNanos()));
        KalshiBooks books = new KalshiBooks(client, new MarketReader(new MarketKeys(), MarketCatalogue.ofAllSeries()));
        Executor executor = new Executor(
                LANE,
                ledger,
                new PaperExchange(LANE, ledger, books, PaperTrading::nowNanos),
                reports::send,
                PaperTrading::nowNanos,
                PaperTrading::pause,
                RiskLimits.DEFAULT,
                FeeSchedule.QUADRATIC,
                ExecutorSettings.DEFAULT);
        String queueUrl = sqs.getQueueUrl(
                        request -> request.queueName(resources.orders(LANE).name()))
                .queueUrl();
        return new FifoLambdaPump(
                sqs,
                new ExecutionHandler(AccountJson::command, executor),
                FifoLambdaPump.Options.of("execution-" + LANE.label(), queueUrl));
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
                SERIES,
                new Feeds.Parts(
                        sockets,
                        opened(new JdkHttpGet(Duration.ofSeconds(FETCH_SECONDS))),
                        opened(new LiveTimers("feed-timers")),
                        opened(new LiveTimers("kalshi-polls")),
                        inbox,
                        InstantSource.system(),
                        nowNanos(),
                        Set.of(),
                        headers));
    }

    private void decide() {
        try {
            worker.start(EngineSettings.defaults(LANE), ledger);
            long dropped = 0;
            long toldNanos = 0;
            while (!isStopping) {
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
                inbox.dropped());
    }

    private void receive() {
        while (!isStopping) {
            try {
                int received = reports.receive(LANE, body -> inbox.frame(Feed.REPORTS, body));
                assert received >= 0;
            } catch (RuntimeException e) {
                LOG.warn("reports could not be received; trying again in a second: {}", e.toString());
                LockSupport.parkNanos(SECOND_NANOS);
            }
        }
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

    private static void pause(long nanos) {
        long untilNanos = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = untilNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted while waiting for the exchange");
            }
        }
    }

    private static long nowNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * SECOND_NANOS + now.getNano();
    }
}
