package voltage.market;

import java.util.Arrays;

/**
 * The bids of one side of a book over a {@link TickGrid}: counts by price, with the best price found in constant time by a
 * bitmap of the non-empty levels. Nothing is allocated after construction.
 */
public final class Ladder {
    private final TickGrid grid;
    private final long[] countE2ByIndex;
    private final long[] occupied;
    private long totalE2;
    private int best = -1;

    public Ladder(TickGrid grid) {
        this.grid = grid;
        countE2ByIndex = new long[grid.size()];
        occupied = new long[(grid.size() + 63) >>> 6];
    }

    public void clear() {
        Arrays.fill(countE2ByIndex, 0);
        Arrays.fill(occupied, 0);
        totalE2 = 0;
        best = -1;
    }

    /** Sets the count at a grid index. */
    public void set(int index, long countE2) {
        totalE2 += countE2 - countE2ByIndex[index];
        countE2ByIndex[index] = countE2;
        if (countE2 == 0) {
            occupied[index >>> 6] &= ~(1L << index);
            if (index == best) {
                best = previous(index);
            }
        } else {
            occupied[index >>> 6] |= 1L << index;
            if (index > best) {
                best = index;
            }
        }
    }

    /** Contracts at a grid index, in hundredths. */
    public long countE2(int index) {
        return countE2ByIndex[index];
    }

    /** Contracts at a price, in hundredths; 0 off the grid. */
    public long countAtE2(long priceE4) {
        int index = grid.indexOf(priceE4);
        return index < 0 ? 0 : countE2ByIndex[index];
    }

    /** Contracts over all levels, in hundredths. */
    public long totalE2() {
        return totalE2;
    }

    public boolean isEmpty() {
        return best < 0;
    }

    /** Grid index of the highest bid, or −1. */
    public int bestIndex() {
        return best;
    }

    /** Price of the highest bid, or 0 if there is none. */
    public int bestE4() {
        return best < 0 ? 0 : grid.priceE4(best);
    }

    /** Contracts at the highest bid, in hundredths, or 0. */
    public long bestCountE2() {
        return best < 0 ? 0 : countE2ByIndex[best];
    }

    /** The next non-empty index below {@code index}, or −1. */
    public int previous(int index) {
        int word = index >>> 6;
        long bits = occupied[word] & ((1L << index) - 1);
        while (bits == 0) {
            if (--word < 0) {
                return -1;
            }
            bits = occupied[word];
        }
        return (word << 6) + 63 - Long.numberOfLeadingZeros(bits);
    }

    /** Contracts over the best {@code levels} non-empty levels, in hundredths. */
    public long depthE2(int levels) {
        long depth = 0;
        int index = best;
        for (int i = 0; i < levels && index >= 0; i++) {
            depth += countE2ByIndex[index];
            index = previous(index);
        }
        return depth;
    }

    public TickGrid grid() {
        return grid;
    }
}
