package voltage.research.attribution;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a period's trades made and what they cost, in all and by each {@link Dimension}. A trade belongs to the period in which it ended. The
 * slices of a dimension add up to the whole, exactly.
 *
 * @param slices those with trades, by dimension and in the order of its values
 */
public record Attribution(Period period, List<Slice> slices) {
    /** Trades that are alike in one respect. */
    public record Slice(Dimension dimension, String name, Figures figures) {}

    public Attribution {
        slices = List.copyOf(slices);
    }

    /** @param trades each once, in any order; those that ended in another period are passed over */
    public static Attribution of(Period period, Collection<EndedTrade> trades) {
        List<EndedTrade> own = trades.stream()
                .filter(trade -> period.contains(trade.endedNanos()))
                .toList();
        List<Slice> slices = new ArrayList<>();
        for (Dimension dimension : Dimension.values()) {
            Map<Dimension.Key, Figures> figures = new TreeMap<>();
            own.forEach(trade -> figures.merge(dimension.keyOf(trade), Figures.of(trade), Figures::plus));
            figures.forEach((key, sum) -> slices.add(new Slice(dimension, key.name(), sum)));
        }
        return new Attribution(period, slices);
    }

    /** Of each period from the first in which a trade ended to the last, those between without a trade included. */
    public static List<Attribution> history(Period.Kind kind, Collection<EndedTrade> trades) {
        TreeMap<Period, List<EndedTrade>> byPeriod = new TreeMap<>();
        for (EndedTrade trade : trades) {
            byPeriod.computeIfAbsent(Period.of(kind, trade.endedNanos()), unseen -> new ArrayList<>())
                    .add(trade);
        }
        List<Attribution> history = new ArrayList<>();
        if (!byPeriod.isEmpty()) {
            Period last = byPeriod.lastKey();
            for (Period period = byPeriod.firstKey(); period.compareTo(last) <= 0; period = period.next()) {
                history.add(of(period, byPeriod.getOrDefault(period, List.of())));
            }
        }
        return history;
    }

    /** Of all its trades. */
    public Figures all() {
        return figures(Dimension.ALL, Dimension.ALL.name());
    }

    /** Of a slice; {@link Figures#NONE} if it has no trade. */
    public Figures figures(Dimension dimension, String name) {
        return slices.stream()
                .filter(slice -> slice.dimension() == dimension && slice.name().equals(name))
                .map(Slice::figures)
                .findFirst()
                .orElse(Figures.NONE);
    }
}
