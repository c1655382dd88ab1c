package voltage.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import voltage.market.MarketKey;
import voltage.order.Account;

/** The markets that an engine knows: those to come, those that are open, and those not long over. */
final class Markets {
    private static final int INITIAL = 16;
    /** Settlement may come late, and with it questions about the market; nobody asks an hour after close if we hold nothing of it. */
    private static final long REMEMBERED_AFTER_CLOSE_NANOS = 3_600_000_000_000L;

    private @Nullable MarketState[] byIndex = new MarketState[INITIAL];
    private final List<MarketState> all = new ArrayList<>();
    private final List<MarketState> open = new ArrayList<>();

    /** Those that are known, in the order in which they were listed; not a copy. */
    List<MarketState> all() {
        return Collections.unmodifiableList(all);
    }

    /** How many are open, as of the last {@link #refreshOpen}. */
    int openCount() {
        return open.size();
    }

    MarketState open(int i) {
        return open.get(i);
    }

    boolean isOpen(MarketState market) {
        return open.contains(market);
    }

    @Nullable
    MarketState find(MarketKey key) {
        return key.index() < byIndex.length ? byIndex[key.index()] : null;
    }

    @Nullable
    MarketState find(String ticker) {
        for (MarketState market : all) {
            if (market.ticker().equals(ticker)) {
                return market;
            }
        }
        return null;
    }

    void add(MarketState market) {
        int i = market.definition().key().index();
        if (i >= byIndex.length) {
            byIndex = Arrays.copyOf(byIndex, Math.max(i + 1, byIndex.length * 2));
        }
        byIndex[i] = market;
        all.add(market);
    }

    /** Takes stock of which are open now. */
    void refreshOpen(long nowNanos) {
        open.clear();
        for (MarketState market : all) {
            if (market.isOpenAt(nowNanos)) {
                open.add(market);
            }
        }
    }

    /** Lets go of those that are over and owe us nothing, or a year's would be searched with every event. */
    void forgetOver(Account account, long nowNanos) {
        for (Iterator<MarketState> i = all.iterator(); i.hasNext(); ) {
            MarketState market = i.next();
            Account.Position position = market.position(account);
            boolean isOwed = market.pendingId != null || (position != null && !position.isSettled());
            if (!isOwed && nowNanos - market.definition().closeNanos() >= REMEMBERED_AFTER_CLOSE_NANOS) {
                byIndex[market.definition().key().index()] = null;
                i.remove();
            }
        }
    }
}
