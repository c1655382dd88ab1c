package voltage.lambda.execution;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import voltage.market.Ladder;
import voltage.market.OrderBook;
import voltage.market.Side;

/**
 * What paper orders have taken from displayed levels. The real book does not know of them and goes on showing what they took, so it is
 * subtracted until the level has been seen empty, or smaller than what was taken.
 */
final class TakenLevels {
    /** More markets than trade at any time. */
    private static final int MAX_MARKETS = 64;

    private record Key(Side side, int priceE4) {}

    private final Map<String, Map<Key, Long>> byMarket = new LinkedHashMap<>();

    /** A copy of a side's bids less what was taken from them. */
    Ladder left(String ticker, OrderBook book, Side side) {
        Ladder shown = book.ladder(side);
        Map<Key, Long> taken = byMarket.getOrDefault(ticker, new HashMap<>());
        taken.entrySet().removeIf(entry -> entry.getKey().side() == side
                && shown.countAtE2(entry.getKey().priceE4()) < entry.getValue());
        Ladder left = new Ladder(shown.grid());
        for (int index = shown.bestIndex(); index >= 0; index = shown.previous(index)) {
            long gone = taken.getOrDefault(new Key(side, shown.grid().priceE4(index)), 0L);
            left.set(index, Math.max(0, shown.countE2(index) - gone));
        }
        return left;
    }

    /** Remembers contracts taken from a side's bids at a price in that side's scale. */
    void take(String ticker, Side side, int priceE4, long countE2) {
        byMarket.computeIfAbsent(ticker, market -> new HashMap<>()).merge(new Key(side, priceE4), countE2, Long::sum);
        if (byMarket.size() > MAX_MARKETS) {
            byMarket.remove(byMarket.keySet().iterator().next());
        }
    }
}
