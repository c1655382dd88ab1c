package voltage.order;

import java.util.List;
import voltage.market.AccountEvent;
import voltage.market.Side;

/**
 * What became of a command. Sent by the executor, journalled and read by the worker. One command may have several; the same
 * report may come twice and must then change nothing.
 */
public sealed interface ExecutionReport extends AccountEvent {
    /** The command it answers; empty text for what reconciliation found by itself. */
    String commandId();

    String ticker();

    /** The same report with the time at which it was received. */
    ExecutionReport receivedAt(long newReceivedNanos);

    /** The order is on the exchange and rests. */
    record Accepted(
            String commandId, String ticker, String orderId, long restingE2, long exchangeNanos, long receivedNanos)
            implements ExecutionReport {
        @Override
        public Accepted receivedAt(long newReceivedNanos) {
            return new Accepted(commandId, ticker, orderId, restingE2, exchangeNanos, newReceivedNanos);
        }
    }

    /** The command had no effect. */
    record Refused(
            String commandId,
            String ticker,
            RefusalReason reason,
            String detail,
            long exchangeNanos,
            long receivedNanos)
            implements ExecutionReport {
        @Override
        public Refused receivedAt(long newReceivedNanos) {
            return new Refused(commandId, ticker, reason, detail, exchangeNanos, newReceivedNanos);
        }
    }

    /**
     * Executions, booked in the ledger.
     *
     * @param isDone whether nothing of the order is left at the exchange
     */
    record Filled(
            String commandId,
            String ticker,
            String orderId,
            List<Fill> fills,
            boolean isDone,
            long exchangeNanos,
            long receivedNanos)
            implements ExecutionReport {
        public Filled {
            fills = List.copyOf(fills);
        }

        @Override
        public Filled receivedAt(long newReceivedNanos) {
            return new Filled(commandId, ticker, orderId, fills, isDone, exchangeNanos, newReceivedNanos);
        }
    }

    /** Nothing of the order is left at the exchange; what had been filled was reported before. */
    record Cancelled(
            String commandId, String ticker, String orderId, long cancelledE2, long exchangeNanos, long receivedNanos)
            implements ExecutionReport {
        @Override
        public Cancelled receivedAt(long newReceivedNanos) {
            return new Cancelled(commandId, ticker, orderId, cancelledE2, exchangeNanos, newReceivedNanos);
        }
    }

    /** A market's settlement is in the ledger; {@code revenueE6} is 0 if nothing was held. */
    record Settled(String commandId, String ticker, Side result, long revenueE6, long exchangeNanos, long receivedNanos)
            implements ExecutionReport {
        @Override
        public Settled receivedAt(long newReceivedNanos) {
            return new Settled(commandId, ticker, result, revenueE6, exchangeNanos, newReceivedNanos);
        }
    }

    /** The answer was lost: the order may or may not exist. Its market is blocked until the exchange has been asked. */
    record Unknown(String commandId, String ticker, String cause, long exchangeNanos, long receivedNanos)
            implements ExecutionReport {
        @Override
        public Unknown receivedAt(long newReceivedNanos) {
            return new Unknown(commandId, ticker, cause, exchangeNanos, newReceivedNanos);
        }
    }

    /** Reconciliation booked fills that no report had carried. */
    record Corrected(
            String commandId,
            String ticker,
            List<Fill> fills,
            String explanation,
            long exchangeNanos,
            long receivedNanos)
            implements ExecutionReport {
        public Corrected {
            fills = List.copyOf(fills);
        }

        @Override
        public Corrected receivedAt(long newReceivedNanos) {
            return new Corrected(commandId, ticker, fills, explanation, exchangeNanos, newReceivedNanos);
        }
    }

    /** The end of a reconciliation: what it compared and found. What it booked was reported before. */
    record Reconciled(String commandId, Reconciliation result, long exchangeNanos, long receivedNanos)
            implements ExecutionReport {
        /** It concerns the whole lane. */
        @Override
        public String ticker() {
            return "";
        }

        @Override
        public Reconciled receivedAt(long newReceivedNanos) {
            return new Reconciled(commandId, result, exchangeNanos, newReceivedNanos);
        }
    }
}
