package voltage.local.simulation;

import java.util.function.LongConsumer;
import voltage.local.exchange.LocalExchange;
import voltage.local.play.VirtualTime;
import voltage.local.simulation.cloud.SimulatedCloud;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.Ledger;
import voltage.store.cloud.CloudResources;

/** What all parts of a simulation share: time, the exchange, the cloud, what goes wrong, and who watches. */
final class World {
    static final String ACCOUNT = "voltage";
    static final Lane LANE = Lane.LIVE;
    static final int SHARD = 2;
    /** What the client order ids of a person's own orders begin with. */
    static final String BY_HAND = "by-hand-";

    static final long BANKROLL_E6 = 1_000_000_000L;
    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000_000_000L;
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
    private LaneState lane = LaneState.initial(LANE);
    private boolean isLaneChanged = true;

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

    /** The lane's state may have been written: who asks for it all the time need not ask the tables each time. */
    void laneChanged() {
        isLaneChanged = true;
    }

    LaneState lane() {
        if (isLaneChanged) {
            isLaneChanged = false;
            lane = ledger.laneState(LANE);
        }
        return lane;
    }

    /** Lets everything else go on for a while. */
    void pause(long nanos) {
        player.accept(nanos);
    }
}
