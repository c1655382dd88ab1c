package voltage.local.simulation;

import java.util.function.LongConsumer;
import voltage.local.exchange.LocalExchange;
import voltage.local.play.VirtualTime;
import voltage.local.simulation.cloud.SimulatedCloud;
import voltage.order.Lane;
import voltage.order.Ledger;
import voltage.store.cloud.CloudResources;

/** What all parts of a simulation share: time, the exchange, the cloud, what goes wrong, and who watches. */
final class World {
    static final String ACCOUNT = "voltage";
    static final Lane LANE = Lane.LIVE;
    static final int SHARD = 2;
    static final long BANKROLL_E6 = 1_000_000_000L;
    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000_000_000L;
    /** The visibility time-out of {@code CloudResources}. */
    static final long VISIBILITY = 20 * SECOND;

    static final CloudResources RESOURCES = CloudResources.of("simulation");

    final VirtualTime time;
    final EventLog log;
    final FaultBoard board;
    final Observation observation;
    final LocalExchange exchange;
    final Scenery scenery;
    final SimulatedCloud cloud;
    /** As an auditor sees it, whom nothing disturbs. */
    final Ledger ledger;

    final Rules rules;
    private final LongConsumer player;
    /** How far our machines' clock is off. */
    long clockOffsetNanos;

    long ledgerRefusesUntilNanos;
    long operations;
    /** Raised whenever the lane's state has been written: who reads it every second need not ask the tables each time. */
    long laneChanges;

    /** @param player plays on for so many nanoseconds, from within whatever is happening */
    World(
            VirtualTime time,
            EventLog log,
            FaultBoard board,
            Observation observation,
            LocalExchange exchange,
            Scenery scenery,
            SimulatedCloud cloud,
            Ledger ledger,
            Rules rules,
            LongConsumer player) {
        this.time = time;
        this.log = log;
        this.board = board;
        this.observation = observation;
        this.exchange = exchange;
        this.scenery = scenery;
        this.cloud = cloud;
        this.ledger = ledger;
        this.rules = rules;
        this.player = player;
    }

    long now() {
        return time.nowNanos();
    }

    /** The time that our machines believe. */
    long laneNanos() {
        return time.nowNanos() + clockOffsetNanos;
    }

    /** Lets everything else go on for a while. */
    void pause(long nanos) {
        player.accept(nanos);
    }
}
