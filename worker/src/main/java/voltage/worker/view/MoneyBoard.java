package voltage.worker.view;

import java.util.List;
import voltage.engine.Engine;
import voltage.order.Account;
import voltage.order.LedgerEntry;
import voltage.risk.EquityWatch;
import voltage.risk.RiskLimits;
import voltage.worker.dashboard.DashboardSnapshot.EquityPoint;
import voltage.worker.dashboard.EquityCurve;
import voltage.worker.dashboard.MoneyView;

/** The lane's equity over time, and how far it is from the limits. */
final class MoneyBoard {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long E4_TO_E6 = 100;

    private final EquityCurve curve = new EquityCurve();
    private EquityWatch watch = new EquityWatch();

    /** Starts again from the ledger. */
    void load(List<LedgerEntry> entries) {
        watch = new EquityWatch();
        Account account = new Account();
        for (LedgerEntry entry : entries) {
            account.apply(entry);
            if (entry instanceof LedgerEntry.Deposited deposit) {
                watch.deposited(entry.exchangeNanos(), deposit.amountE6());
            } else {
                watch.observe(entry.exchangeNanos(), account.equityAtCostE6());
            }
        }
    }

    /** Looks at the equity; called at least once a second. Before the ledger has come there is none. */
    void observe(long nowNanos, Engine engine) {
        if (engine.account().depositsE6() == 0) {
            return;
        }
        long equityE6 = equityE6(engine);
        watch.observe(nowNanos, equityE6);
        curve.add(nowNanos / SECOND_NANOS, equityE6);
    }

    /** At market prices. With nothing open it is the cash, also between two marks of the engine. */
    private static long equityE6(Engine engine) {
        Account account = engine.account();
        return account.positions().values().stream().anyMatch(Account.Position::isOpen)
                ? engine.equityE6()
                : account.cashE6();
    }

    MoneyView view(Engine engine, RiskLimits limits) {
        Account account = engine.account();
        long weekStartE6 = watch.weeklyLossE6() + watch.equityE6();
        return new MoneyView(
                account.cashE6(),
                equityE6(engine),
                account.depositsE6(),
                -watch.dailyLossE6(),
                account.feesE6(),
                watch.drawdownShareE4() * E4_TO_E6,
                limits.drawdownShareE4() * E4_TO_E6,
                Math.max(0, watch.dailyLossE6()),
                Math.min(limits.dailyLossE6(), share(watch.dayStartE6(), limits.dailyLossShareE4())),
                Math.max(0, watch.weeklyLossE6()),
                share(weekStartE6, limits.weeklyLossShareE4()));
    }

    private static long share(long ofE6, int shareE4) {
        return Math.max(0, ofE6) / 10_000 * shareE4;
    }

    List<EquityPoint> curve() {
        return curve.points();
    }
}
