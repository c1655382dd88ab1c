package voltage.engine;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import voltage.order.Account;
import voltage.order.ExchangeWord;
import voltage.order.LedgerEntry;

/**
 * Looks for what the exchange has told of our account and no report has explained. The private channels are faster than the reports, so
 * each word has time to be explained; what is not is for a reconciliation to find out. Of our orders the fills and positions are enough.
 */
final class AccountWatch {
    private static final long SECOND_NANOS = 1_000_000_000L;
    /** Reports take a fraction of a second; a queue in trouble takes a few. */
    private static final long REPORT_DELAY_NANOS = 10 * SECOND_NANOS;

    private static final long BETWEEN_NANOS = 30 * SECOND_NANOS;
    /** After that, whoever reconciles has said what there is to say. */
    private static final int MOST_ASKED = 3;

    private static final int MOST_FILLS = 256;

    private final Function<String, @Nullable MarketState> markets;
    private final Map<String, Doubt> fills = new LinkedHashMap<>();
    private final Map<String, Doubt> positions = new LinkedHashMap<>();
    private long nextNanos = Long.MIN_VALUE;

    /** A word and how long it has stood against the account. */
    private static final class Doubt {
        private final String ticker;
        private final long toldE2;
        private long sinceNanos;
        private int asked;

        private Doubt(String ticker, long toldE2, long sinceNanos) {
            this.ticker = ticker;
            this.toldE2 = toldE2;
            this.sinceNanos = sinceNanos;
        }
    }

    /** What to ask the executor about. */
    record Finding(String ticker, String text, boolean isFirst) {}

    AccountWatch(Function<String, @Nullable MarketState> markets) {
        this.markets = markets;
    }

    void told(ExchangeWord word, long nowNanos) {
        switch (word) {
            case ExchangeWord.OfFill fill -> {
                if (fills.size() < MOST_FILLS) {
                    fills.putIfAbsent(fill.tradeId(), new Doubt(fill.ticker(), 0, nowNanos));
                }
            }
            case ExchangeWord.OfPosition position -> {
                Doubt earlier = positions.get(position.ticker());
                // A contradiction that goes on is not younger for being told again.
                long sinceNanos = earlier == null ? nowNanos : earlier.sinceNanos;
                positions.put(position.ticker(), new Doubt(position.ticker(), position.positionE2(), sinceNanos));
            }
            default -> {}
        }
    }

    /** Everything that was asked about has been compared with the exchange. */
    void reconciled() {
        fills.values().removeIf(doubt -> doubt.asked > 0);
        positions.values().removeIf(doubt -> doubt.asked > 0);
    }

    /** Once a second: what a reconciliation is due for, at most once in half a minute. */
    Optional<Finding> second(Account account, long nowNanos) {
        fills.keySet().removeIf(tradeId -> account.hasBooked(LedgerEntry.Filled.keyOf(tradeId)));
        positions.values().removeIf(doubt -> isOver(doubt, nowNanos));
        for (Doubt doubt : positions.values()) {
            if (agrees(doubt, account)) {
                doubt.sinceNanos = nowNanos;
            }
        }
        if (nowNanos < nextNanos) {
            return Optional.empty();
        }
        Doubt fill = ask(fills, nowNanos);
        Doubt position = ask(positions, nowNanos);
        Doubt first = fill != null ? fill : position;
        if (first == null) {
            return Optional.empty();
        }
        nextNanos = nowNanos + BETWEEN_NANOS;
        String text = first == fill
                ? "the exchange told of a fill that no report explains"
                : "the exchange says we hold " + first.toldE2 + " hundredths, the account "
                        + account.positionE2(first.ticker);
        return Optional.of(new Finding(first.ticker, text + "; reconciling", first.asked == 1));
    }

    /** Marks all that are overdue as asked about; the first of them, or null. */
    private static @Nullable Doubt ask(Map<String, Doubt> doubts, long nowNanos) {
        Doubt first = null;
        for (Iterator<Doubt> i = doubts.values().iterator(); i.hasNext(); ) {
            Doubt doubt = i.next();
            if (nowNanos - doubt.sinceNanos >= REPORT_DELAY_NANOS) {
                doubt.asked++;
                first = first == null ? doubt : first;
                if (doubt.asked >= MOST_ASKED) {
                    i.remove();
                }
            }
        }
        return first;
    }

    /** An order under way may explain it, and its own unknown outcome is looked into anyway. */
    private boolean agrees(Doubt doubt, Account account) {
        MarketState market = markets.apply(doubt.ticker);
        return account.positionE2(doubt.ticker) == doubt.toldE2 || (market != null && market.pendingId != null);
    }

    /** After close the settlement takes the position away, here and there at different times. */
    private boolean isOver(Doubt doubt, long nowNanos) {
        MarketState market = markets.apply(doubt.ticker);
        return market != null
                && !market.isOpenAt(nowNanos)
                && nowNanos >= market.definition().openNanos();
    }
}
