package voltage.worker.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import voltage.market.Feed;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.LaneSwitched;
import voltage.order.Ledger;
import voltage.store.json.AccountJson;

/**
 * Looks at the lane's state in the ledger and tells the engine when it has changed, through the inbox and so through the journal: halts,
 * pauses, arming, and the fence that its commands must bear. It reads what the executor obeys, so it needs no message from whoever
 * changed it, and works when the queues do not.
 */
public final class LaneWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LaneWatch.class);

    private final Ledger ledger;
    private final Lane lane;
    private final Inbox inbox;
    private @Nullable LaneState told;
    private boolean isFailing;

    public LaneWatch(Ledger ledger, Lane lane, Inbox inbox) {
        this.ledger = ledger;
        this.lane = lane;
        this.inbox = inbox;
    }

    /** Looks once; a ledger that cannot be read leaves the engine with what it knows, for the executor asks the ledger itself. */
    public void look() {
        LaneState state;
        try {
            state = ledger.laneState(lane);
        } catch (RuntimeException e) {
            if (!isFailing) {
                LOG.warn("the state of lane {} cannot be read; looking again: {}", lane.label(), e.toString());
            }
            isFailing = true;
            return;
        }
        isFailing = false;
        LaneState before = told;
        told = state;
        if (!state.equals(before)) {
            // The first time too: it may have changed since the engine read the ledger.
            String reason = before == null ? "as the ledger has it" : difference(before, state);
            inbox.frame(Feed.OPERATOR, AccountJson.write(new LaneSwitched(state, reason, 0, 0)));
        }
    }

    /** Looks again and again, on the thread that calls this, until it is interrupted. */
    public void watch(Duration every) {
        try {
            while (true) {
                look();
                Thread.sleep(every);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String difference(LaneState before, LaneState now) {
        List<String> changes = new ArrayList<>();
        if (before.halted() != now.halted()) {
            changes.add(now.halted() ? "halted" : "resumed");
        }
        if (before.paused() != now.paused()) {
            changes.add(now.paused() ? "paused" : "unpaused");
        }
        if (before.armed() != now.armed()) {
            changes.add(now.armed() ? "armed" : "disarmed");
        }
        if (before.fenceEpoch() != now.fenceEpoch()) {
            changes.add("fence " + now.fenceEpoch());
        }
        if (before.leaseEpoch() != now.leaseEpoch()) {
            changes.add("lease " + now.leaseEpoch());
        }
        return changes.isEmpty() ? "confirmed" : String.join(", ", changes);
    }
}
