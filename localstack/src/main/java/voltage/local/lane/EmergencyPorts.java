package voltage.local.lane;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import voltage.lambda.execution.KillSwitch;
import voltage.order.Command;
import voltage.order.CommandQueue;
import voltage.order.CommandRecord;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.Ledger;
import voltage.order.LedgerEntry;
import voltage.order.SentOrder;

/** An emergency stop's ports when the lane's own cloud is not there: the exchange can still be asked to cancel. */
public final class EmergencyPorts {
    private EmergencyPorts() {}

    /**
     * Everything but the exchange fails, for that reason.
     *
     * @throws LaneUnavailableException if there is no exchange to ask either
     */
    public static KillSwitch.Ports ofExchangeAlone(Lane lane, Map<String, String> environment, String problem) {
        if (lane == Lane.PAPER) {
            throw new LaneUnavailableException(problem);
        }
        InstantSource clock = InstantSource.system();
        Ledger ledger = new AbsentLedger(problem);
        CommandQueue queue = command -> {
            throw new CommandQueue.QueueUnavailableException(problem, new LaneUnavailableException(problem));
        };
        return new KillSwitch.Ports(
                ledger,
                new LaneExchange(lane, environment, clock).exchange(ledger, () -> LaneAccess.nanos(clock)),
                queue);
    }

    private record AbsentLedger(String problem) implements Ledger {
        private LaneUnavailableException absent() {
            return new LaneUnavailableException(problem);
        }

        @Override
        public LaneState laneState(Lane lane) {
            throw absent();
        }

        @Override
        public void changeLaneState(Lane lane, LaneState next) {
            throw absent();
        }

        @Override
        public Optional<CommandRecord> record(Command command, long nowNanos) {
            throw absent();
        }

        @Override
        public Optional<CommandRecord> find(Lane lane, String commandId) {
            throw absent();
        }

        @Override
        public List<CommandRecord> unfinished(Lane lane) {
            throw absent();
        }

        @Override
        public List<SentOrder> sentSince(Lane lane, long nanos) {
            throw absent();
        }

        @Override
        public List<LedgerEntry> apply(Lane lane, LedgerChange change) {
            throw absent();
        }

        @Override
        public List<LedgerEntry> book(Lane lane, List<LedgerEntry> entries) {
            throw absent();
        }

        @Override
        public Entries entries(Lane lane, long afterVersion) {
            throw absent();
        }
    }
}
