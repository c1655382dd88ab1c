package voltage.local.lane;

import java.util.List;
import java.util.Optional;
import voltage.order.Command;
import voltage.order.CommandRecord;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.Ledger;
import voltage.order.LedgerEntry;
import voltage.order.SentOrder;

/** A ledger that asks another one. */
class ForwardingLedger implements Ledger {
    private final Ledger inner;

    ForwardingLedger(Ledger inner) {
        this.inner = inner;
    }

    @Override
    public LaneState laneState(Lane lane) {
        return inner.laneState(lane);
    }

    @Override
    public void changeLaneState(Lane lane, LaneState next) {
        inner.changeLaneState(lane, next);
    }

    @Override
    public Optional<CommandRecord> record(Command command, long nowNanos) {
        return inner.record(command, nowNanos);
    }

    @Override
    public Optional<CommandRecord> find(Lane lane, String commandId) {
        return inner.find(lane, commandId);
    }

    @Override
    public List<SentOrder> sentSince(Lane lane, long nanos) {
        return inner.sentSince(lane, nanos);
    }

    @Override
    public List<CommandRecord> unfinished(Lane lane) {
        return inner.unfinished(lane);
    }

    @Override
    public List<LedgerEntry> apply(Lane lane, LedgerChange change) {
        return inner.apply(lane, change);
    }

    @Override
    public List<LedgerEntry> book(Lane lane, List<LedgerEntry> entries) {
        return inner.book(lane, entries);
    }

    @Override
    public Entries entries(Lane lane, long afterVersion) {
        return inner.entries(lane, afterVersion);
    }
}
