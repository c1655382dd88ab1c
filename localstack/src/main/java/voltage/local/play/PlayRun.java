package voltage.local.play;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import voltage.engine.Decision;
import voltage.engine.EngineOutput;
import voltage.engine.EngineSettings;
import voltage.kalshi.auth.ApiKey;
import voltage.kalshi.rest.HttpTransport;
import voltage.kalshi.rest.KalshiClient;
import voltage.kalshi.rest.KalshiException;
import voltage.kalshi.rest.RateBudget;
import voltage.lambda.execution.KalshiExchange;
import voltage.local.feeds.FeedVenue;
import voltage.local.session.Session;
import voltage.local.session.SessionEvent;
import voltage.market.EventSink;
import voltage.market.Feed;
import voltage.market.Side;
import voltage.market.Venue;
import voltage.order.Account;
import voltage.order.Lane;
import voltage.order.LedgerEntry;
import voltage.store.journal.JournalOptions;
import voltage.store.journal.JournalReader;
import voltage.store.journal.JournalWriter;
import voltage.worker.feed.LiveFeed;
import voltage.worker.inference.Inference;
import voltage.worker.replay.JournalReplay;
import voltage.worker.report.DecisionLog;
import voltage.worker.report.RunSummary;
import voltage.worker.report.Summaries;
import voltage.worker.report.TradeLog;
import voltage.worker.run.Worker;

/**
 * One run of a session in a folder: begins it, or continues what an earlier process left unfinished, plays it, audits the books, replays
 * its own journal to prove that the decisions can be had again, and writes the summary.
 */
public final class PlayRun {
    /** Cash that the lane begins with. */
    public static final long BANKROLL_E6 = 1_000_000_000L;

    private static final Lane LANE = Lane.REPLAY;
    private static final int SHARD = 2;
    private static final long MILLION = 1_000_000L;
    private static final long CANDLE_FRESH_NANOS = 20_000 * MILLION;

    private final Session session;
    private final RunFolder folder;
    private final Mode mode;
    private final double speed;
    private final Inference.Choice models;
    private final Watcher watcher;
    private final List<String> alerts = new ArrayList<>();

    /** What a run is made of. */
    public enum Mode {
        /** Real sockets, the embedded cloud, durable. */
        DEMO,
        /** Everything in memory, one thread. */
        SIMULATION
    }

    /** Told how the run goes, on its thread. As a sink it is given every event before the engine sees it. */
    public interface Watcher extends EventSink {
        /** Once a session second. */
        void progress(Progress progress);

        void decided(Decision decision);

        void status(EngineOutput.Status status);

        /** The run is about to start; the inside is there to be looked at until {@link #ended} returns. */
        void started(Inside inside);

        /** The run is over and its books have been audited. Not called if it failed. */
        void ended(RunSummary summary);
    }

    /** How far a run is. */
    public record Progress(long nowNanos, long startNanos, long endNanos, long fills) {}

    /** What a dashboard may look at. */
    public record Inside(Worker worker, Map<Feed, LiveFeed> feeds) {}

    /**
     * @param speed session seconds per second; infinity for as fast as it goes
     * @param models that forecast; what they say is in the journal
     */
    public PlayRun(Session session, Path directory, Mode mode, double speed, Inference.Choice models, Watcher watcher) {
        this.session = session;
        this.folder = new RunFolder(directory);
        this.mode = mode;
        this.speed = speed;
        this.models = models;
        this.watcher = watcher;
    }

    /**
     * Plays to the end.
     *
     * @throws PlayException if the folder holds something else
     */
    public RunSummary run() throws IOException {
        long began = System.nanoTime();
        String command = mode == Mode.DEMO ? "demo" : "replay";
        boolean isContinued = prepare(command);
        VirtualTime time = new VirtualTime(session.startNanos());
        Pace pace = new Pace(speed, session.startNanos());
        Timing timing = new Timing(time);
        try (Cloud cloud = mode == Mode.DEMO ? EmbeddedParts.start(folder.cloud(), LANE) : new MemoryCloud(LANE);
                ExchangeHome home = ExchangeHome.open(
                        folder.exchangeLog(), folder.exchangeKey(), session, time::nowNanos, BANKROLL_E6);
                JournalWriter journal = JournalWriter.open(folder.journal(), cloud.archive(), JournalOptions.DEFAULT);
                DecisionLog log = DecisionLog.create(folder.decisions());
                TradeLog trades = TradeLog.create(folder.trades())) {
            List<FeedVenue> venues = FeedVenue.of(session, time);
            if (isContinued) {
                continueFrom(lastNanos(log, trades), time, home, venues);
            }
            cloud.ledger().book(LANE, List.of(new LedgerEntry.Deposited("start", BANKROLL_E6, session.startNanos())));
            Outside outside = mode == Mode.DEMO
                    ? new SocketOutside(home.exchange(), venues)
                    : new DirectOutside(home.exchange(), venues);
            KalshiClient client = client(outside, home.key(), time, timing);
            BooleanSupplier pump = cloud.executor(new KalshiExchange(client, SHARD), timing);
            RunSummary summary;
            try (Play play = new Play(
                    session,
                    settings(session),
                    time,
                    pace,
                    new Play.Parts(
                            home.exchange(),
                            venues,
                            outside,
                            home.key(),
                            cloud.ledger(),
                            cloud.commands(),
                            cloud.reports(),
                            cloud.leases(),
                            pump,
                            journal,
                            models),
                    new Play.Watchers(
                            decision -> {
                                log.decided(decision);
                                watcher.decided(decision);
                            },
                            this::status,
                            trades::ended,
                            new ProgressTap(watcher, session, time)))) {
                timing.play = play;
                watcher.started(new Inside(play.worker(), play.feeds()));
                play.run();
                play.pause(2_000 * MILLION);
                Account account = new Account();
                List<LedgerEntry> entries = cloud.ledger().entries(LANE, 0).entries();
                entries.forEach(account::apply);
                Audit audit = Audit.of(client.account(), SHARD, account, entries);
                TradeLog.read(folder.trades())
                        .trades()
                        .forEach(trade -> cloud.trades().put(LANE, trade));
                journal.close();
                summary = summary(command, account, audit, play, log, (System.nanoTime() - began) / 1e9);
                watcher.ended(summary);
            } catch (KalshiException e) {
                throw new IOException("the exchange could not be asked for the final audit: " + e.getMessage(), e);
            }
            summary.write(folder.summary());
            folder.state(new RunFolder.State(session.name(), command, true, source()));
            return summary;
        }
    }

    /** @return whether an unfinished run is continued */
    private boolean prepare(String command) {
        if (folder.isForeign()) {
            throw new PlayException(
                    folder.directory() + " holds files that no run of ours wrote; choose an empty folder with --out");
        }
        Optional<RunFolder.State> state = folder.state();
        boolean isContinued = false;
        if (state.isPresent() && state.get().isFinished()) {
            folder.setAside();
        } else if (state.isPresent()) {
            if (!state.get().session().equals(session.name())
                    || !state.get().command().equals(command)) {
                throw new PlayException(folder.directory() + " holds an unfinished "
                        + state.get().command()
                        + " of session " + state.get().session()
                        + "; continue that one, or choose another folder with --out");
            }
            if (mode == Mode.SIMULATION) {
                // A simulation keeps nothing of money on disk: it starts again.
                folder.setAside();
            } else {
                isContinued = true;
            }
        }
        folder.state(new RunFolder.State(session.name(), command, false, source()));
        return isContinued;
    }

    /** Decisions and trades of earlier lives come back from the journal; their last moment is where time goes on. */
    private long lastNanos(DecisionLog log, TradeLog trades) {
        JournalReplay earlier = new JournalReplay(log::decided, trades::ended, event -> {});
        earlier.run(folder.journal(), JournalReader.OnDamage.STOP);
        return earlier.pipeline().lastNanos();
    }

    private void continueFrom(long journalNanos, VirtualTime time, ExchangeHome home, List<FeedVenue> venues) {
        long resume = Math.max(Math.max(journalNanos, home.exchange().recoveredUntilNanos()), session.startNanos());
        try (Session.EventCursor past = session.open()) {
            for (SessionEvent event = past.peek(); event != null && event.atNanos() < resume; event = past.peek()) {
                time.moveTo(event.atNanos());
                home.exchange().restore(event);
                for (FeedVenue venue : venues) {
                    venue.apply(event);
                }
                past.next();
            }
        }
        home.exchange().restored();
        time.moveTo(resume);
    }

    /** What the engine is run with on a session. */
    public static EngineSettings settings(Session session) {
        EngineSettings settings = EngineSettings.defaults(LANE);
        if (session.source() == Session.Source.SIMULATED) {
            return settings;
        }
        // A recording has one venue's trades at most. Without them there is one price a minute, believed for a third of
        // it.
        boolean hasTrades = session.venues().contains(Venue.COINBASE);
        return settings.withSpot(1, hasTrades ? settings.spotFreshNanos() : CANDLE_FRESH_NANOS);
    }

    private static KalshiClient client(Outside outside, ApiKey key, VirtualTime time, Timing timing) {
        HttpTransport wire = outside.kalshiHttp();
        return new KalshiClient(
                outside.endpoints().kalshiRest(),
                Optional.of(key),
                request -> {
                    timing.wire();
                    HttpTransport.HttpResponse response = wire.send(request);
                    timing.wire();
                    return response;
                },
                time,
                new RateBudget(RateBudget.Settings.BASIC, time),
                timing::pause,
                new Random(2));
    }

    private void status(EngineOutput.Status status) {
        if (status.level() == EngineOutput.Status.Level.ALERT) {
            alerts.add(status.ticker() + ": " + status.text());
        }
        watcher.status(status);
    }

    private RunSummary summary(
            String command, Account account, Audit audit, Play play, DecisionLog log, double elapsedSeconds) {
        DecisionLog again = DecisionLog.digestOnly();
        JournalReplay replay = new JournalReplay(again::decided);
        replay.run(folder.journal(), JournalReader.OnDamage.STOP);
        String digest = log.digest();
        String digestAgain = again.digest();
        if (!digest.equals(digestAgain)) {
            alerts.add("the journal gives other decisions than were made: " + digestAgain + " (" + again.count()
                    + ") instead of " + digest + " (" + log.count() + ")");
        }
        Map<String, String> official = new TreeMap<>();
        session.markets().forEach(market -> official.put(market.ticker(), market.result() == Side.YES ? "yes" : "no"));
        return Summaries.of(
                new Summaries.Surroundings(
                        source(),
                        session.name(),
                        command,
                        account,
                        audit.exchangeCashE6(),
                        audit.orphans(),
                        audit.phantoms(),
                        audit.duplicates(),
                        digest.equals(digestAgain),
                        official,
                        "session",
                        replay.starts(),
                        elapsedSeconds,
                        session.missing(),
                        List.copyOf(alerts)),
                replay.pipeline(),
                replay.tally(),
                replay.score(),
                play.frameToDecision(),
                log.count(),
                digest);
    }

    private String source() {
        return session.source().name().toLowerCase(Locale.ROOT);
    }

    /** The play's time for those that are made before it. */
    private static final class Timing implements Cloud.Timing {
        private final VirtualTime time;
        private @Nullable Play play;

        private Timing(VirtualTime time) {
            this.time = time;
        }

        @Override
        public long nowNanos() {
            return time.nowNanos();
        }

        @Override
        public void pause(long nanos) {
            Play running = play;
            if (running != null) {
                running.pause(nanos);
            }
        }

        private void wire() {
            Play running = play;
            if (running != null) {
                running.wire();
            }
        }
    }

    /**
     * What a run's folder says of itself.
     *
     * @param source {@code recorded}, {@code simulated} or {@code live}; {@code unknown} if an older version wrote the folder
     * @param decisionDigest of the decisions that were made; null if the run did not come to its end
     */
    public record About(
            String session, String source, @Nullable String decisionDigest) {}

    /** @throws PlayException if the folder is that of no run */
    public static About about(Path directory) {
        RunFolder folder = new RunFolder(directory);
        RunFolder.State state = folder.state()
                .orElseThrow(() -> new PlayException(
                        directory + " has no run.json; name the folder of a run of demo, replay or paper"));
        String source = state.source();
        return new About(
                state.session(),
                source == null ? "unknown" : source,
                state.isFinished() ? folder.decisionDigest() : null);
    }

    /** Marks a folder as that of paper trading, for {@link #about} and {@link #isRun}. */
    public static void markPaper(Path directory) {
        new RunFolder(directory).state(new RunFolder.State("live", "paper", false, "live"));
    }

    /** Whether a folder is the journal of a run rather than a session. */
    public static boolean isRun(Path directory) {
        return Files.exists(directory.resolve("run.json")) && Files.isDirectory(directory.resolve("journal"));
    }
}
