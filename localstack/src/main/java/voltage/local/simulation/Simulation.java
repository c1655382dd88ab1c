package voltage.local.simulation;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import voltage.local.exchange.ExchangeJournal;
import voltage.local.exchange.ExchangeSettings;
import voltage.local.exchange.LocalExchange;
import voltage.local.feeds.CoinbaseVenue;
import voltage.local.feeds.FeedVenue;
import voltage.local.feeds.KrakenVenue;
import voltage.local.play.VirtualTime;
import voltage.local.session.SessionEvent;
import voltage.local.simulation.cloud.CloudFaults;
import voltage.local.simulation.cloud.CloudOperation;
import voltage.local.simulation.cloud.SimulatedCloud;
import voltage.local.simulation.cloud.Verdict;
import voltage.market.Venue;
import voltage.order.ExecutionReport;
import voltage.order.Ledger;
import voltage.order.LedgerEntry;
import voltage.risk.RiskLimits;
import voltage.store.json.AccountJson;
import voltage.store.ledger.DynamoLedger;

/**
 * One schedule: the world of a seed, played to its end under the faults that were planned for it. Everything happens in the calling
 * thread; an executor that waits for an answer lets the rest go on from within.
 */
final class Simulation {
    private static final long SECOND = World.SECOND;
    /** Nothing new goes wrong in the last minutes. */
    private static final long QUIET = 5 * Scenery.MINUTE;
    /** By when all that went wrong must be mended. */
    private static final long LIVENESS = 30 * SECOND;

    /** How often the last reconciliation is repeated: a hundred times in some schedules, since that is what the rule says. */
    private static final int FEW = 2;

    private static final int MANY = 100;
    private static final int MANY_EVERY = 25;

    private final Plan plan;
    private final VirtualTime time = new VirtualTime(Scenery.START);
    private final EventLog log;
    private final FaultBoard board;
    private final Observation observation = new Observation();
    private final Scenery scenery;
    private final LocalExchange exchange;
    private final List<FeedVenue> venues;
    private final World world;
    private final Wire wire;
    private final ExecutorHost executors;
    private final WorkerHost workers;
    private final Operator operator;
    private final Mischief mischief;
    private final long endNanos;
    private boolean isExchangeChanged;
    private boolean hasDrained;

    /**
     * What is to be played.
     *
     * @param faults of the seed's schedule, all or some
     */
    record Plan(long seed, int minutes, List<PlannedFault> faults) {
        /** All faults of a seed. */
        static Plan of(long seed, int minutes) {
            return new Plan(seed, minutes, FaultSchedule.of(seed, quietNanos(minutes)));
        }

        static long quietNanos(int minutes) {
            return Math.max(minutes * Scenery.MINUTE / 2, minutes * Scenery.MINUTE - QUIET);
        }
    }

    Simulation(Plan plan, @Nullable Consumer<String> listener) {
        this.plan = plan;
        log = new EventLog(time, listener);
        board = new FaultBoard(plan.faults(), time, log);
        scenery = new Scenery(plan.seed(), plan.minutes());
        endNanos = Scenery.START + plan.minutes() * Scenery.MINUTE;
        ExchangeJournal journal = line -> {
            observation.text(line);
            isExchangeChanged = true;
        };
        exchange = new LocalExchange(
                ExchangeSettings.defaults().withSeed(plan.seed()).withTier(ExchangeSettings.Tier.BASIC),
                time::nowNanos,
                journal);
        exchange.trustSignatures();
        exchange.serveIndex(false);
        exchange.addMarkets(scenery.markets());
        String keyId =
                exchange.createAccount(World.ACCOUNT, java.util.Map.of(World.SHARD, World.BANKROLL_E6), Keys.PUBLIC);
        venues = List.of(
                new KrakenVenue(time, Scenery.candlesBefore(Venue.KRAKEN)),
                new CoinbaseVenue(time, Scenery.candlesBefore(Venue.COINBASE)));
        SimulatedCloud cloud = new SimulatedCloud(World.RESOURCES, time::nowNanos);
        Ledger ledger = new DynamoLedger(cloud.dynamo(this::audited), World.RESOURCES);
        Rules rules = new Rules(time, log, exchange.inspect(World.ACCOUNT), ledger, RiskLimits.DEFAULT);
        world = new World(time, log, board, observation, exchange, scenery, cloud, ledger, rules, this::playOn);
        List<LedgerEntry> booked =
                ledger.book(World.LANE, List.of(new LedgerEntry.Deposited("start", World.BANKROLL_E6, Scenery.START)));
        assert booked.size() == 1;
        rules.ledgerChanged();
        wire = new Wire(world, venues);
        executors = new ExecutorHost(world, wire, keyId, this::reported);
        workers = new WorkerHost(world, wire, keyId, executors::queue);
        DirectLine person = new DirectLine(world, wire, keyId);
        operator = new Operator(world, plan.seed(), executors.queue(CloudFaults.NONE), person.client());
        mischief = new Mischief(world, workers, executors, person.client());
    }

    /** What is written past the executor, by the kill switch for one, may change the lane. */
    private Verdict audited(CloudOperation operation, String table) {
        if (operation.changes()) {
            world.laneChanged();
        }
        return Verdict.PASS;
    }

    private void reported(ExecutionReport report) {
        observation.bytes(AccountJson.write(report));
        workers.reported();
    }

    /** A key for all: its signatures are trusted unseen. */
    private static final class Keys {
        /** The first of RFC 8032's test keys: always the same, as everything here. */
        private static final String SPKI =
                "302a300506032b6570032100d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

        static final PublicKey PUBLIC = read();

        private static PublicKey read() {
            try {
                return KeyFactory.getInstance("Ed25519")
                        .generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(SPKI)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK of ours has Ed25519", e);
            }
        }
    }

    /**
     * Plays to the end.
     *
     * @throws Violation at the first broken rule
     */
    SimulationResult run() {
        try {
            operator.start();
            runUntil(time.nowNanos() + SECOND);
            workers.start();
            time.plan(SECOND, this::second);
            long quiet = Scenery.START + Plan.quietNanos(plan.minutes());
            runUntil(quiet);
            board.end();
            mischief.cure();
            live();
            runUntil(endNanos);
            finish();
        } catch (Violation violation) {
            return result(violation);
        } catch (RuntimeException e) {
            return result(unforeseen(e));
        }
        return result(null);
    }

    private Violation unforeseen(RuntimeException e) {
        StackTraceElement[] where = e.getStackTrace();
        String facts = e + (where.length == 0 ? "" : " in " + where[0]);
        log.add(() -> "FAILURE " + Arrays.toString(where));
        return new Violation(Rule.FORESEEN, log.at(time.nowNanos()), facts);
    }

    /** While somebody waits for an answer. What fails meanwhile is not his failure, and must not be taken for it. */
    private void playOn(long nanos) {
        try {
            runUntil(time.nowNanos() + nanos);
        } catch (RuntimeException e) {
            throw unforeseen(e);
        }
    }

    private SimulationResult result(@Nullable Violation violation) {
        Rules rules = world.rules;
        return new SimulationResult(
                plan.seed(),
                plan.faults(),
                observation.value(),
                board.hits(),
                rules.checks(),
                world.operations,
                rules.orders(),
                rules.fills(),
                rules.settlements(),
                workers.deaths(),
                executors.deaths(),
                workers.frames(),
                (time.nowNanos() - Scenery.START) / 1e9,
                violation,
                log.last());
    }

    private void second() {
        if (time.nowNanos() < endNanos) {
            time.plan(SECOND, this::second);
        }
        mischief.second();
        workers.second();
    }

    private void live() {
        boolean isReconciled = false;
        String id = operator.reconcile();
        log.add(() -> "faults have stopped, " + id + " is to find everything");
        long until = time.nowNanos() + LIVENESS;
        while (!isReconciled && time.nowNanos() < until) {
            runUntil(time.nowNanos() + SECOND);
            isReconciled = world.rules.isReconciled();
        }
        world.rules.mustBeReconciled(isReconciled);
    }

    private void finish() {
        operator.leave();
        workers.stop();
        runUntil(time.nowNanos() + 10 * SECOND);
        // Markets that closed at the very end are paid meanwhile.
        for (int i = 0; i < 4 && !world.rules.isReconciled(); i++) {
            reconcile();
        }
        world.rules.mustBeReconciled(world.rules.isReconciled());
        String before = world.rules.state();
        long settlements = world.rules.settlements();
        for (int i = 0; i < (plan.seed() % MANY_EVERY == 0 ? MANY : FEW); i++) {
            reconcile();
        }
        if (world.rules.settlements() == settlements) {
            world.rules.mustBeTheSame(before, world.rules.state());
        }
        world.rules.mustReplay(workers.replayed());
        observation.text(world.rules.state());
    }

    private void reconcile() {
        String id = operator.reconcile();
        waitFor(() -> operator.isFinished(id));
    }

    private void waitFor(Supplier<Boolean> condition) {
        long until = time.nowNanos() + LIVENESS;
        while (!condition.get() && time.nowNanos() < until) {
            runUntil(time.nowNanos() + SECOND / 10);
        }
    }

    /** Plays until nothing is due at or before {@code nanos}, and leaves the clock there. */
    private void runUntil(long nanos) {
        rest();
        for (long next = nextNanos(); next <= nanos; next = nextNanos()) {
            time.moveTo(next);
            step();
        }
        time.moveTo(nanos);
    }

    private long nextNanos() {
        SessionEvent event = scenery.peek();
        long next = event == null ? Long.MAX_VALUE : event.atNanos();
        next = Math.min(next, exchange.nextDueNanos());
        for (FeedVenue venue : venues) {
            next = Math.min(next, venue.nextDueNanos());
        }
        next = Math.min(next, time.nextDueNanos());
        next = Math.min(next, workers.nextTimerNanos());
        return Math.max(time.nowNanos(), next);
    }

    /** One happening of each kind that is due now, each followed by rest. */
    private void step() {
        long now = time.nowNanos();
        if (workers.nextTimerNanos() <= now) {
            workers.tick();
            rest();
        }
        if (exchange.nextDueNanos() <= now) {
            exchange.advanceTo(now);
            rest();
        }
        for (FeedVenue venue : venues) {
            if (venue.nextDueNanos() <= now) {
                venue.advanceTo(now);
                rest();
            }
        }
        while (time.runDue()) {
            rest();
        }
        SessionEvent event = scenery.peek();
        if (event != null && event.atNanos() <= time.nowNanos()) {
            scenery.next();
            if (event instanceof SessionEvent.SpotPrint) {
                for (FeedVenue venue : venues) {
                    venue.apply(event);
                }
            } else {
                exchange.apply(event);
            }
            rest();
        }
        executors.overlap();
    }

    /** Delivers what is on its way until nothing is, and looks at the rules. */
    private void rest() {
        do {
            hasDrained = wire.deliver();
            hasDrained |= workers.drain();
        } while (hasDrained);
        world.rules.laneIs(world.lane());
        if (isExchangeChanged) {
            isExchangeChanged = false;
            world.rules.exchangeChanged();
        }
    }
}
