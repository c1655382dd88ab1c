package voltage.engine;

import voltage.market.Side;
import voltage.market.TickGrid;
import voltage.order.Account;
import voltage.order.LaneState;
import voltage.order.LedgerEntry;
import voltage.order.LedgerLoaded;
import voltage.risk.EquityWatch;

/** The lane's money as the engine knows it: the account from reports, its equity at market prices, and what the operator has said. */
final class LaneMoney {
    private Account account = new Account();
    private EquityWatch watch = new EquityWatch();
    private LaneState state;
    private int ordersInFlight;
    private final long[] orderNanos = new long[1 << 10];
    private int orders;

    LaneMoney(LaneState initial) {
        state = initial;
    }

    /** Starts again from the ledger. */
    void load(LedgerLoaded loaded) {
        account = new Account();
        watch = new EquityWatch();
        for (LedgerEntry entry : loaded.entries()) {
            account.apply(entry);
            if (entry instanceof LedgerEntry.Deposited deposit) {
                watch.deposited(entry.exchangeNanos(), deposit.amountE6());
            } else {
                watch.observe(entry.exchangeNanos(), account.equityAtCostE6());
            }
        }
        state = loaded.state();
        ordersInFlight = 0;
    }

    Account account() {
        return account;
    }

    EquityWatch watch() {
        return watch;
    }

    LaneState state() {
        return state;
    }

    void state(LaneState next) {
        state = next;
    }

    /** Marks open positions at what could be got for them now and observes the equity. */
    void mark(Iterable<MarketState> markets, long nowNanos) {
        // A market that is not listed (yet, or any more) has no mark: its position counts at cost.
        long equityE6 = account.equityAtCostE6();
        for (MarketState market : markets) {
            Account.Position position = market.position(account);
            if (position != null && position.isOpen()) {
                equityE6 += valueE6(market, position, nowNanos) - position.costE6();
            }
        }
        watch.observe(nowNanos, equityE6);
    }

    /** A position at the best bid of its side; at its last mark while the book cannot be trusted; at cost before any mark. */
    private static long valueE6(MarketState market, Account.Position position, long nowNanos) {
        if (market.book().isWhole() && market.isOpenAt(nowNanos) && !isEmpty(market)) {
            int bidE4 = market.book().bidE4(Side.YES);
            int askE4 = market.book().askE4(Side.YES);
            market.markE4 = position.signedE2() > 0 ? bidE4 : TickGrid.ONE_DOLLAR_E4 - askE4;
        }
        return market.markE4 < 0 ? position.costE6() : position.countE2() * market.markE4;
    }

    private static boolean isEmpty(MarketState market) {
        return market.book().ladder(Side.YES).isEmpty()
                && market.book().ladder(Side.NO).isEmpty();
    }

    int ordersInFlight() {
        return ordersInFlight;
    }

    void orderSent(long nowNanos) {
        ordersInFlight++;
        orderNanos[orders++ % orderNanos.length] = nowNanos;
    }

    void orderEnded() {
        ordersInFlight = Math.max(0, ordersInFlight - 1);
    }

    /** Orders decided on within a time before now; not more than are remembered. */
    int ordersWithin(long windowNanos, long nowNanos) {
        int remembered = Math.min(orders, orderNanos.length);
        int count = 0;
        while (count < remembered && nowNanos - orderNanos[(orders - 1 - count) % orderNanos.length] < windowNanos) {
            count++;
        }
        return count;
    }
}
