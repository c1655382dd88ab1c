package voltage.market;

import java.util.ArrayList;
import java.util.List;

/**
 * What an immediate order would take from a book: the offers from the best up to a limit, in order of price. The book is only
 * read.
 *
 * @param levels what would be taken at each price, best first, prices in the bought side's scale
 * @param countE2 contracts taken in all, in hundredths
 * @param costE6 what they cost before fees, in micro-dollars
 */
public record Sweep(List<Level> levels, long countE2, long costE6) {
    /** Contracts taken at one price; {@code priceE4} is what the buyer pays for each. */
    public record Level(int priceE4, long countE2) {}

    public Sweep {
        levels = List.copyOf(levels);
    }

    /**
     * Buying contracts of a side.
     *
     * @param limitE4 the most to pay for one, in that side's scale
     * @param countE2 the most to buy, in hundredths
     */
    public static Sweep buying(OrderBook book, Side side, int limitE4, long countE2) {
        return of(book.ladder(side.opposite()), limitE4, countE2);
    }

    /** As {@link #buying}, against the bids of the opposite side. */
    public static Sweep of(Ladder oppositeBids, int limitE4, long countE2) {
        List<Level> levels = new ArrayList<>();
        long left = countE2;
        long costE6 = 0;
        for (int index = oppositeBids.bestIndex(); index >= 0 && left > 0; index = oppositeBids.previous(index)) {
            int priceE4 = TickGrid.ONE_DOLLAR_E4 - oppositeBids.grid().priceE4(index);
            if (priceE4 > limitE4) {
                break;
            }
            long taken = Math.min(left, oppositeBids.countE2(index));
            levels.add(new Level(priceE4, taken));
            left -= taken;
            costE6 += priceE4 * taken;
        }
        return new Sweep(levels, countE2 - left, costE6);
    }

    /** The worst price taken, in ten-thousandths of a dollar; 0 if nothing was. */
    public int worstE4() {
        return levels.isEmpty() ? 0 : levels.getLast().priceE4();
    }

    /** Fees of the whole, level by level as one order's fills, in micro-dollars. */
    public long takerFeesE6(FeeSchedule schedule) {
        FeeAccumulator fees = new FeeAccumulator(schedule);
        long feesE6 = 0;
        for (Level level : levels) {
            feesE6 += fees.feeE6(level.countE2(), level.priceE4(), true, -level.priceE4() * level.countE2());
        }
        return feesE6;
    }
}
