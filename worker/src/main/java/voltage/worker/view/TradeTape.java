package voltage.worker.view;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import voltage.market.Side;
import voltage.order.Account;
import voltage.order.Fill;
import voltage.order.LedgerEntry;
import voltage.worker.dashboard.TradeView;

/** Our latest fills as what they did: a fill against what is held sells it, every other buys its side. */
final class TradeTape {
    private static final int KEPT = 200;

    private final Deque<TradeView> trades = new ArrayDeque<>();

    /** Starts again from the ledger. */
    void load(List<LedgerEntry> entries) {
        trades.clear();
        Account account = new Account();
        for (LedgerEntry entry : entries) {
            if (entry instanceof LedgerEntry.Filled filled) {
                add(filled.fill(), account.positionE2(filled.fill().ticker()));
            }
            account.apply(entry);
        }
    }

    /** @param before the account before these fills; those that it has booked already are not shown twice */
    void fills(List<Fill> fills, Account before) {
        Map<String, Long> held = new HashMap<>();
        for (Fill fill : fills) {
            if (!before.hasBooked(new LedgerEntry.Filled(fill, "").key())) {
                long position = held.computeIfAbsent(fill.ticker(), before::positionE2);
                add(fill, position);
                held.put(fill.ticker(), position + fill.signedCountE2());
            }
        }
    }

    private void add(Fill fill, long heldE2) {
        boolean isSale = Long.signum(heldE2) == -fill.bookSide().sign();
        Side side = Side.ofPosition(isSale ? heldE2 : fill.signedCountE2());
        if (trades.size() == KEPT) {
            trades.removeFirst();
        }
        trades.addLast(new TradeView(
                fill.exchangeNanos(),
                fill.ticker(),
                isSale ? TradeView.Action.SELL : TradeView.Action.BUY,
                side,
                fill.countE2(),
                side == Side.YES ? fill.yesPriceE4() : 10_000 - fill.yesPriceE4(),
                fill.feeE6()));
    }

    /** Oldest first. */
    List<TradeView> views() {
        return List.copyOf(trades);
    }
}
