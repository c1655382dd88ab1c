package voltage.order;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What moved a lane's cash within a span of time, by kind. Opening cash and all amounts add up to the closing cash, exactly.
 *
 * @param openingE6 cash at the start of the span, micro-dollars
 * @param flows one for each kind, in the order of {@link Kind}
 * @param closingE6 cash at its end
 */
public record CashFlows(long openingE6, List<Flow> flows, long closingE6) {
    /** Why cash moved. */
    public enum Kind {
        DEPOSITS,
        WITHDRAWALS,
        /** Fills that cost cash, before fees. */
        BOUGHT,
        /** Fills that brought cash, before fees. */
        SOLD,
        FEES,
        SETTLEMENTS
    }

    /**
     * The sum of a kind.
     *
     * @param amountE6 plus is cash in, minus is cash out
     */
    public record Flow(Kind kind, long count, long amountE6) {}

    public CashFlows {
        flows = List.copyOf(flows);
    }

    /**
     * Over entries from {@code fromNanos} to before {@code toNanos}, by the exchange's clock.
     *
     * @param entries all of the lane, in any order
     */
    public static CashFlows of(List<LedgerEntry> entries, long fromNanos, long toNanos) {
        List<LedgerEntry> inTime = new ArrayList<>(entries);
        inTime.sort(Comparator.comparingLong(LedgerEntry::exchangeNanos));
        Account account = new Account();
        long openingE6 = 0;
        long closingE6 = 0;
        Map<Kind, Flow> flows = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            flows.put(kind, new Flow(kind, 0, 0));
        }
        for (LedgerEntry entry : inTime) {
            long before = account.cashE6();
            account.apply(entry);
            long change = account.cashE6() - before;
            if (entry.exchangeNanos() < fromNanos) {
                openingE6 = account.cashE6();
                closingE6 = openingE6;
            } else if (entry.exchangeNanos() < toNanos) {
                closingE6 = account.cashE6();
                add(flows, entry, change);
            }
        }
        return new CashFlows(openingE6, List.copyOf(flows.values()), closingE6);
    }

    private static void add(Map<Kind, Flow> flows, LedgerEntry entry, long change) {
        switch (entry) {
            case LedgerEntry.Deposited deposit -> add(flows, change < 0 ? Kind.WITHDRAWALS : Kind.DEPOSITS, change);
            case LedgerEntry.Filled filled -> {
                long feeE6 = filled.fill().feeE6();
                add(flows, change + feeE6 < 0 ? Kind.BOUGHT : Kind.SOLD, change + feeE6);
                add(flows, Kind.FEES, -feeE6);
            }
            case LedgerEntry.Settled settled -> add(flows, Kind.SETTLEMENTS, change);
        }
    }

    private static void add(Map<Kind, Flow> flows, Kind kind, long amountE6) {
        flows.computeIfPresent(kind, (same, sum) -> new Flow(same, sum.count() + 1, sum.amountE6() + amountE6));
    }
}
