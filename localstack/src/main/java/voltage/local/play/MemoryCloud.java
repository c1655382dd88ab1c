package voltage.local.play;

import java.util.function.BooleanSupplier;
import voltage.lambda.execution.Exchange;
import voltage.lambda.execution.Executor;
import voltage.lambda.execution.ExecutorSettings;
import voltage.market.FeeSchedule;
import voltage.order.Command;
import voltage.order.CommandQueue;
import voltage.order.InMemoryLedger;
import voltage.order.Lane;
import voltage.order.Ledger;
import voltage.order.ReportQueue;
import voltage.risk.RiskLimits;
import voltage.store.journal.JournalArchive;
import voltage.store.lease.InMemoryLeases;
import voltage.store.lease.LeaseStore;
import voltage.store.trade.TradeStore;

/** Everything in memory, one thread: the simulation. */
final class MemoryCloud implements Cloud {
    private final InMemoryLeases leases = new InMemoryLeases();
    private final Ledger ledger = new InMemoryLedger(leases::epoch);
    private final InMemoryQueues queues = new InMemoryQueues();
    private final Lane lane;

    MemoryCloud(Lane lane) {
        this.lane = lane;
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public CommandQueue commands() {
        return queues;
    }

    @Override
    public ReportQueue reports() {
        return queues;
    }

    @Override
    public LeaseStore leases() {
        return leases;
    }

    @Override
    public TradeStore trades() {
        return TradeStore.NONE;
    }

    @Override
    public JournalArchive archive() {
        return JournalArchive.NONE;
    }

    @Override
    public BooleanSupplier executor(Exchange exchange, Timing timing) {
        Executor executor = new Executor(
                lane,
                ledger,
                exchange,
                queues::send,
                timing::nowNanos,
                timing::pause,
                RiskLimits.DEFAULT,
                FeeSchedule.QUADRATIC,
                ExecutorSettings.DEFAULT);
        return () -> {
            Command command = queues.poll();
            if (command == null) {
                return false;
            }
            executor.execute(command);
            return true;
        };
    }

    @Override
    public void close() {}
}
