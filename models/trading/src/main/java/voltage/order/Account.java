package voltage.order;

import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import voltage.market.Side;

/**
 * A lane's money as sums over its ledger entries, in integers. Mutable, single-threaded; rebuilt from the entries at any time.
 *
 * <p>A NO position is a negative YES position with its full dollar set aside, so a fill of signed count {@code s} at YES price
 * {@code p} changes cash by {@code −s·p} less the change of {@code max(0, −position)} dollars; opening NO at {@code p} thus costs
 * {@code 1 − p} a contract. The sum does not depend on the order of fills.
 */
public final class Account {
    private static final long ONE_DOLLAR_E4 = 10_000;

    private final TreeMap<String, Position> positions = new TreeMap<>();
    private final Set<String> booked = new HashSet<>();
    private long cashE6;
    private long depositsE6;
    private long feesE6;
    /** Sum over the positions, kept up with each entry: gates ask for it with every delta. */
    private long costE6;

    private long fills;
    private long settlements;

    /** What a market has done to us so far. */
    public static final class Position {
        private final String ticker;
        /** Sum of all fills, which the settlement does not end: a fill that becomes known after it belongs before it. */
        private long filledE2;

        private long costE6;
        private long cashFlowE6;
        private long feesE6;
        private long payoutE6;
        private long fills;
        private long openedNanos;
        private boolean settled;

        private Position(String ticker) {
            this.ticker = ticker;
        }

        public String ticker() {
            return ticker;
        }

        /** Contracts in hundredths: plus is YES, minus is NO. */
        public long signedE2() {
            return settled ? 0 : filledE2;
        }

        public Side side() {
            return Side.ofPosition(signedE2());
        }

        public long countE2() {
            return Math.abs(signedE2());
        }

        public boolean isOpen() {
            return signedE2() != 0;
        }

        /** When the position last left zero or crossed it, by the exchange's clock; 0 if never. */
        public long openedNanos() {
            return openedNanos;
        }

        /** What the open contracts cost without fees, in micro-dollars: the most that they can still lose. */
        public long costE6() {
            return settled ? 0 : costE6;
        }

        /** Average cost of an open contract in its side's own scale, ten-thousandths of a dollar, rounded up. */
        public int averageCostE4() {
            return isOpen() ? (int) Math.ceilDiv(costE6, countE2()) : 0;
        }

        /** All cash in and out, fees included: profit so far once nothing is open. */
        public long cashFlowE6() {
            return cashFlowE6;
        }

        public long feesE6() {
            return feesE6;
        }

        /** What the market paid at its settlement, in micro-dollars. */
        public long payoutE6() {
            return payoutE6;
        }

        public long fills() {
            return fills;
        }

        /** Whether the market has paid out: nothing of it can change any more. */
        public boolean isSettled() {
            return settled;
        }
    }

    /** What a fill does to cash before its fee, given the position it meets, in micro-dollars. */
    public static long cashBeforeFeeE6(long positionE2, long signedCountE2, int yesPriceE4) {
        long collateralBefore = Math.max(0, -positionE2);
        long collateralAfter = Math.max(0, -(positionE2 + signedCountE2));
        return -signedCountE2 * yesPriceE4 - (collateralAfter - collateralBefore) * ONE_DOLLAR_E4;
    }

    /** Applies an entry; one whose key was applied before changes nothing. */
    public boolean apply(LedgerEntry entry) {
        if (!booked.add(entry.key())) {
            return false;
        }
        switch (entry) {
            case LedgerEntry.Deposited deposit -> {
                cashE6 += deposit.amountE6();
                depositsE6 += deposit.amountE6();
            }
            case LedgerEntry.Filled filled -> apply(filled.fill());
            case LedgerEntry.Settled settled -> apply(settled.settlement());
        }
        return true;
    }

    private void apply(Fill fill) {
        Position position = positions.computeIfAbsent(fill.ticker(), Position::new);
        long signed = fill.signedCountE2();
        long costBeforeE6 = position.costE6();
        long flowE6 = cashBeforeFeeE6(position.filledE2, signed, fill.yesPriceE4());
        position.costE6 = costAfterE6(position, signed, fill.yesPriceE4());
        long sideBefore = Long.signum(position.filledE2);
        position.filledE2 += signed;
        if (Long.signum(position.filledE2) != sideBefore && position.filledE2 != 0) {
            position.openedNanos = fill.exchangeNanos();
        }
        costE6 += position.costE6() - costBeforeE6;
        position.cashFlowE6 += flowE6 - fill.feeE6();
        position.feesE6 += fill.feeE6();
        position.fills++;
        cashE6 += flowE6 - fill.feeE6();
        feesE6 += fill.feeE6();
        fills++;
    }

    /** Reducing releases cost in proportion; crossing zero starts a new cost. */
    private static long costAfterE6(Position position, long signed, int yesPriceE4) {
        long before = position.filledE2;
        long after = before + signed;
        if (before == 0 || Long.signum(before) == Long.signum(signed)) {
            return position.costE6 + openingCostE6(signed, yesPriceE4);
        }
        if (after == 0 || Long.signum(after) == Long.signum(before)) {
            return position.costE6 * Math.abs(after) / Math.abs(before);
        }
        return openingCostE6(after, yesPriceE4);
    }

    private static long openingCostE6(long signed, int yesPriceE4) {
        return signed > 0 ? signed * yesPriceE4 : -signed * (ONE_DOLLAR_E4 - yesPriceE4);
    }

    private void apply(Settlement settlement) {
        Position position = positions.computeIfAbsent(settlement.ticker(), Position::new);
        long costBeforeE6 = position.costE6();
        position.settled = true;
        costE6 += position.costE6() - costBeforeE6;
        position.cashFlowE6 += settlement.revenueE6();
        position.payoutE6 += settlement.revenueE6();
        cashE6 += settlement.revenueE6();
        settlements++;
    }

    /** Free cash in micro-dollars: what the exchange calls the balance. */
    public long cashE6() {
        return cashE6;
    }

    public long depositsE6() {
        return depositsE6;
    }

    public long feesE6() {
        return feesE6;
    }

    public long fills() {
        return fills;
    }

    public long settlements() {
        return settlements;
    }

    /** All markets ever touched, by ticker. */
    public Map<String, Position> positions() {
        return Collections.unmodifiableMap(positions);
    }

    /** How many markets were ever touched: while it stays the same, so does what {@link #position} finds. */
    public int markets() {
        return positions.size();
    }

    public @Nullable Position position(String ticker) {
        return positions.get(ticker);
    }

    /** Signed contracts held in a market, in hundredths. */
    public long positionE2(String ticker) {
        Position position = positions.get(ticker);
        return position == null ? 0 : position.signedE2();
    }

    /** What all open positions can still lose at settlement, in micro-dollars. */
    public long worstCaseLossE6() {
        return costE6;
    }

    /** Cash plus open positions at cost: the bankroll when nothing is marked to market. */
    public long equityAtCostE6() {
        return cashE6 + worstCaseLossE6();
    }

    /** Whether an entry with this key has been applied. */
    public boolean hasBooked(String key) {
        return booked.contains(key);
    }
}
