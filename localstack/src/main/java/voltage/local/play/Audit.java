package voltage.local.play;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import voltage.kalshi.KalshiFill;
import voltage.kalshi.KalshiOrder;
import voltage.kalshi.KalshiPosition;
import voltage.kalshi.rest.KalshiAccount;
import voltage.kalshi.rest.KalshiException;
import voltage.order.Account;
import voltage.order.LedgerEntry;

/**
 * The books against the exchange, by the exchange's own public interface.
 *
 * @param exchangeCashE6 the balance as the exchange states it, in micro-dollars
 * @param orphans executions, positions and orders of the exchange that the ledger does not explain
 * @param phantoms executions and positions of the ledger that the exchange does not have
 * @param duplicates client order ids with more than one order
 */
record Audit(long exchangeCashE6, long orphans, long phantoms, long duplicates) {

    /** Reads everything and compares. Reads lag, so the caller waits a second after the last change. */
    static Audit of(KalshiAccount exchange, int shard, Account ledger, List<LedgerEntry> entries)
            throws KalshiException {
        Map<String, String> commandByOrder = new HashMap<>();
        Set<String> booked = new HashSet<>();
        for (LedgerEntry entry : entries) {
            if (entry instanceof LedgerEntry.Filled filled) {
                booked.add(filled.fill().tradeId());
                commandByOrder.put(filled.fill().orderId(), filled.commandId());
            }
        }
        long orphans = 0;
        long phantoms = 0;
        Set<String> executed = new HashSet<>();
        for (KalshiFill fill : exchange.allFills(KalshiAccount.FillQuery.ALL)) {
            executed.add(fill.tradeId());
            if (!booked.contains(fill.tradeId())) {
                orphans++;
            }
        }
        for (String tradeId : booked) {
            if (!executed.contains(tradeId)) {
                phantoms++;
            }
        }
        Map<String, Long> held = new HashMap<>();
        for (KalshiPosition position : exchange.allPositions()) {
            held.put(position.ticker(), position.positionE2());
        }
        Set<String> tickers = new HashSet<>(held.keySet());
        tickers.addAll(ledger.positions().keySet());
        for (String ticker : tickers) {
            long theirs = held.getOrDefault(ticker, 0L);
            long ours = ledger.positionE2(ticker);
            if (theirs != ours) {
                if (Math.abs(theirs) > Math.abs(ours)) {
                    orphans++;
                } else {
                    phantoms++;
                }
            }
        }
        Map<String, Integer> ordersByClientId = new HashMap<>();
        long duplicates = 0;
        for (KalshiOrder order : exchange.allOrders("", "", 0)) {
            if (ordersByClientId.merge(order.clientOrderId(), 1, Integer::sum) > 1) {
                duplicates++;
            }
            if (order.filledE2() > 0 && !commandByOrder.containsKey(order.orderId())) {
                orphans++;
            }
            if (order.status() == KalshiOrder.Status.RESTING) {
                orphans++;
            }
        }
        return new Audit(exchange.balance(shard).cashE6(), orphans, phantoms, duplicates);
    }
}
