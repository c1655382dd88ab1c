package voltage.order;

/**
 * One cash flow of a lane. The ledger is these and nothing else: position, exposure, profit and bankroll are sums over them.
 * {@link #key()} is unique for ever in the lane, so booking one twice changes nothing.
 */
public sealed interface LedgerEntry {
    /** For example {@code FILL#<tradeId>}; what makes booking idempotent. */
    String key();

    long exchangeNanos();

    /** Money put in (or taken out, if negative) by the owner. */
    record Deposited(String id, long amountE6, long exchangeNanos) implements LedgerEntry {
        @Override
        public String key() {
            return "DEPOSIT#" + id;
        }
    }

    /** A fill of the order that {@code commandId} placed; empty text if no command of ours explains it. */
    record Filled(Fill fill, String commandId) implements LedgerEntry {
        /** The key under which a trade is booked. */
        public static String keyOf(String tradeId) {
            return "FILL#" + tradeId;
        }

        @Override
        public String key() {
            return keyOf(fill.tradeId());
        }

        @Override
        public long exchangeNanos() {
            return fill.exchangeNanos();
        }
    }

    record Settled(Settlement settlement) implements LedgerEntry {
        @Override
        public String key() {
            return "SETTLEMENT#" + settlement.ticker();
        }

        @Override
        public long exchangeNanos() {
            return settlement.exchangeNanos();
        }
    }
}
