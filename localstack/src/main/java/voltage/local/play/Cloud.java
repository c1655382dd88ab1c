package voltage.local.play;

import java.util.function.BooleanSupplier;
import voltage.lambda.execution.Exchange;
import voltage.order.CommandQueue;
import voltage.order.Ledger;
import voltage.order.ReportQueue;
import voltage.store.journal.JournalArchive;
import voltage.store.lease.LeaseStore;
import voltage.store.trade.TradeStore;

/** Ledger, queues and the executor behind them: embedded services, or memory. */
interface Cloud extends AutoCloseable {
    Ledger ledger();

    CommandQueue commands();

    ReportQueue reports();

    LeaseStore leases();

    /** Where trades that have ended are kept. */
    TradeStore trades();

    /** Where the journal's objects go. */
    JournalArchive archive();

    /** Puts the executor to work on an exchange; the result lets it handle what waits. */
    BooleanSupplier executor(Exchange exchange, Timing timing);

    /** How an executor lives in a play's time. */
    interface Timing {
        long nowNanos();

        void pause(long nanos);
    }

    @Override
    void close();
}
