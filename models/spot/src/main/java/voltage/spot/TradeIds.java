package voltage.spot;

import java.util.BitSet;

/**
 * Which trades of one venue have been seen, by the venue's own increasing trade ids. It remembers a window below the highest id, so
 * that a late trade is still told from a repeated one, and counts ids that never came.
 */
final class TradeIds {
    static final int WINDOW = 4_096;

    private final BitSet seen = new BitSet(WINDOW);
    private long highest = -1;
    private long newestNanos;
    private long missing;
    private long restarts;

    /**
     * Takes a trade, or several that the venue merged into one.
     *
     * @param firstId the lowest id of the merged trades; {@code lastId} if there is only one
     * @param exchangeNanos when it happened, by the venue's clock
     * @return whether it is new
     */
    boolean take(long firstId, long lastId, long exchangeNanos) {
        if (highest >= 0 && lastId <= highest - WINDOW && exchangeNanos > newestNanos) {
            // Newer by the clock, far older by its number: the venue counts anew. Refusing would silence it for ever.
            highest = -1;
            restarts++;
        }
        newestNanos = Math.max(newestNanos, exchangeNanos);
        if (highest < 0) {
            seen.clear();
            highest = lastId;
            mark(firstId, lastId);
            return true;
        }
        if (lastId <= highest - WINDOW) {
            return false;
        }
        boolean isNew = lastId > highest || !seen.get(slot(lastId));
        if (lastId > highest) {
            advance(lastId);
        }
        if (isNew) {
            missing -= unseen(firstId, lastId);
            mark(firstId, lastId);
        }
        return isNew;
    }

    /** Ids below the highest that never came; late ones are taken off again. */
    long missing() {
        return missing;
    }

    /** How often the venue began to count anew. */
    long restarts() {
        return restarts;
    }

    private void advance(long id) {
        long step = id - highest;
        missing += step;
        if (step >= WINDOW) {
            seen.clear();
        } else {
            for (long i = highest + 1; i <= id; i++) {
                seen.clear(slot(i));
            }
        }
        highest = id;
    }

    private long unseen(long firstId, long lastId) {
        long count = 0;
        for (long id = oldest(firstId); id <= lastId; id++) {
            count += seen.get(slot(id)) ? 0 : 1;
        }
        return Math.min(count, missing);
    }

    private void mark(long firstId, long lastId) {
        for (long id = oldest(firstId); id <= lastId; id++) {
            seen.set(slot(id));
        }
    }

    private long oldest(long firstId) {
        return Math.max(firstId, Math.max(0, highest - WINDOW + 1));
    }

    private static int slot(long id) {
        return (int) (id & (WINDOW - 1));
    }
}
