package voltage.market;

import java.util.Arrays;
import java.util.List;

/**
 * The valid prices of a market, from Kalshi's {@code price_ranges}, and a dense index over them.
 *
 * <p>Index 0 is price 0, the last index is one dollar; both are on the grid but are no order prices. Look-ups in either
 * direction are one array access.
 */
public final class TickGrid {
    /** One dollar in {@code E4}. */
    public static final int ONE_DOLLAR_E4 = 10_000;

    /** Steps of {@code stepE4} from {@code startE4} up to {@code endE4}, both in ten-thousandths of a dollar. */
    public record Range(int startE4, int endE4, int stepE4) {
        public Range {
            if (startE4 < 0
                    || endE4 > ONE_DOLLAR_E4
                    || startE4 >= endE4
                    || stepE4 <= 0
                    || (endE4 - startE4) % stepE4 != 0) {
                throw new IllegalArgumentException("a price range needs 0 <= start < end <= 10000 in whole steps, was "
                        + startE4 + ".." + endE4 + " by " + stepE4);
            }
        }
    }

    /** Whole cents: KXBTC and KXBTCD. */
    public static final TickGrid LINEAR_CENT = new TickGrid(List.of(new Range(0, 10_000, 100)));

    /** Tenths of a cent below 10 and above 90 cents, cents between: KXBTC15M. */
    public static final TickGrid TAPERED_DECI_CENT =
            new TickGrid(List.of(new Range(0, 1_000, 10), new Range(1_000, 9_000, 100), new Range(9_000, 10_000, 10)));

    private final List<Range> ranges;
    private final short[] indexByPriceE4;
    private final int[] priceE4ByIndex;

    /**
     * @param ranges adjoining ranges, ascending, from 0 to one dollar
     * @throws IllegalArgumentException if they leave a hole or do not span 0 to one dollar
     */
    public TickGrid(List<Range> ranges) {
        this.ranges = List.copyOf(ranges);
        indexByPriceE4 = new short[ONE_DOLLAR_E4 + 1];
        Arrays.fill(indexByPriceE4, (short) -1);
        int[] prices = new int[ONE_DOLLAR_E4 + 1];
        int size = 0;
        int end = 0;
        for (Range range : this.ranges) {
            if (range.startE4() != end) {
                throw new IllegalArgumentException("price ranges must adjoin, ascending from 0: " + ranges);
            }
            for (int price = range.startE4(); price < range.endE4(); price += range.stepE4()) {
                indexByPriceE4[price] = (short) size;
                prices[size++] = price;
            }
            end = range.endE4();
        }
        if (end != ONE_DOLLAR_E4) {
            throw new IllegalArgumentException("price ranges must reach 1.0000: " + ranges);
        }
        indexByPriceE4[ONE_DOLLAR_E4] = (short) size;
        prices[size++] = ONE_DOLLAR_E4;
        priceE4ByIndex = Arrays.copyOf(prices, size);
    }

    public List<Range> ranges() {
        return ranges;
    }

    /** Number of grid points, 0 and one dollar included. */
    public int size() {
        return priceE4ByIndex.length;
    }

    /** The index of a price, or −1 if it is off the grid or outside 0 to one dollar. */
    public int indexOf(long priceE4) {
        return priceE4 < 0 || priceE4 > ONE_DOLLAR_E4 ? -1 : indexByPriceE4[(int) priceE4];
    }

    public int priceE4(int index) {
        return priceE4ByIndex[index];
    }

    /** Whether an order may bear this price: on the grid, above 0, below one dollar. */
    public boolean isOrderPrice(long priceE4) {
        return priceE4 > 0 && priceE4 < ONE_DOLLAR_E4 && indexByPriceE4[(int) priceE4] >= 0;
    }

    /** The highest grid price not above {@code priceE4}; the argument must be within 0 to one dollar. */
    public int floorE4(int priceE4) {
        int price = priceE4;
        while (indexByPriceE4[price] < 0) {
            price--;
        }
        return price;
    }

    /** The lowest grid price not below {@code priceE4}; the argument must be within 0 to one dollar. */
    public int ceilingE4(int priceE4) {
        int price = priceE4;
        while (indexByPriceE4[price] < 0) {
            price++;
        }
        return price;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TickGrid grid && ranges.equals(grid.ranges);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }

    @Override
    public String toString() {
        return "TickGrid" + ranges;
    }
}
