package voltage.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderBookTest {
    private final OrderBook book = new OrderBook(TickGrid.LINEAR_CENT);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void random_changes_leave_what_a_sorted_map_of_them_says(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TickGrid grid = seed % 2 == 0 ? TickGrid.LINEAR_CENT : TickGrid.TAPERED_DECI_CENT;
        Ladder ladder = new Ladder(grid);
        TreeMap<Integer, Long> model = new TreeMap<>();
        for (int i = 0; i < 20_000; i++) {
            int index = random.nextInt(grid.size());
            long count = random.nextInt(3) == 0 ? random.nextLong(1, 1_000_000) : 0;
            ladder.set(index, count);
            if (count == 0) {
                model.remove(index);
            } else {
                model.put(index, count);
            }
            if (random.nextInt(2_000) == 0) {
                ladder.clear();
                model.clear();
            }
            assertThat(ladder.isEmpty()).isEqualTo(model.isEmpty());
            assertThat(ladder.bestIndex()).isEqualTo(model.isEmpty() ? -1 : model.lastKey());
            assertThat(ladder.bestE4()).isEqualTo(model.isEmpty() ? 0 : grid.priceE4(model.lastKey()));
            assertThat(ladder.bestCountE2())
                    .isEqualTo(model.isEmpty() ? 0 : model.lastEntry().getValue());
            int probe = random.nextInt(grid.size());
            Integer below = model.lowerKey(probe);
            assertThat(ladder.previous(probe)).isEqualTo(below == null ? -1 : below);
            int levels = random.nextInt(8);
            assertThat(ladder.depthE2(levels))
                    .isEqualTo(model.descendingMap().values().stream()
                            .limit(levels)
                            .mapToLong(Long::longValue)
                            .sum());
            assertThat(ladder.totalE2())
                    .isEqualTo(
                            model.values().stream().mapToLong(Long::longValue).sum());
        }
    }

    @Test
    void random_deltas_add_up_and_the_first_impossible_one_damages_the_book() {
        SplittableRandom random = new SplittableRandom(9);
        for (int run = 0; run < 300; run++) {
            TreeMap<Integer, Long> yes = new TreeMap<>();
            TreeMap<Integer, Long> no = new TreeMap<>();
            book.beginSnapshot();
            for (int i = 0; i < 300 && book.isWhole(); i++) {
                Side side = random.nextBoolean() ? Side.YES : Side.NO;
                TreeMap<Integer, Long> model = side == Side.YES ? yes : no;
                int price = random.nextInt(500) == 0 ? 4_850 : random.nextInt(1, 100) * 100;
                long delta = random.nextLong(-20, 100);
                long after = model.getOrDefault(price, 0L) + delta;
                OrderBook.Change change = book.apply(side, price, delta);
                if (price % 100 != 0) {
                    assertThat(change).isEqualTo(OrderBook.Change.OFF_GRID);
                } else if (after < 0) {
                    assertThat(change).isEqualTo(OrderBook.Change.NEGATIVE_LEVEL);
                } else {
                    assertThat(change).isEqualTo(OrderBook.Change.APPLIED);
                    model.put(price, after);
                    model.values().removeIf(count -> count == 0);
                }
                assertThat(book.isWhole()).isEqualTo(change == OrderBook.Change.APPLIED);
                assertThat(book.bidE4(Side.YES)).isEqualTo(yes.isEmpty() ? 0 : yes.lastKey());
                assertThat(book.askE4(Side.YES)).isEqualTo(10_000 - (no.isEmpty() ? 0 : no.lastKey()));
                assertThat(book.askE4(Side.NO)).isEqualTo(10_000 - book.bidE4(Side.YES));
                assertThat(book.isCrossed())
                        .isEqualTo(!yes.isEmpty() && !no.isEmpty() && yes.lastKey() + no.lastKey() >= 10_000);
            }
        }
    }

    @Test
    void nothing_is_applied_before_the_first_snapshot() {
        assertThat(book.apply(Side.YES, 4_800, 100)).isEqualTo(OrderBook.Change.NOT_WHOLE);
        assertThat(book.state()).isEqualTo(OrderBook.State.AWAITED);
        assertThat(book.ladder(Side.YES).isEmpty()).isTrue();
    }

    @Test
    void a_book_that_is_awaited_is_not_damaged_by_a_gap() {
        book.invalidate();

        assertThat(book.state()).isEqualTo(OrderBook.State.AWAITED);
    }

    @Test
    void a_damaged_book_ignores_changes_until_its_next_snapshot() {
        book.beginSnapshot();
        book.setLevel(Side.YES, 4_800, 500);
        book.invalidate();

        assertThat(book.apply(Side.YES, 4_800, 100)).isEqualTo(OrderBook.Change.NOT_WHOLE);
        assertThat(book.ladder(Side.YES).countAtE2(4_800)).isEqualTo(500);

        book.beginSnapshot();
        assertThat(book.isWhole()).isTrue();
        assertThat(book.ladder(Side.YES).isEmpty()).isTrue();
    }

    @Test
    void a_snapshot_with_an_impossible_level_is_no_whole_book() {
        book.beginSnapshot();
        assertThat(book.setLevel(Side.YES, 4_850, 100)).isEqualTo(OrderBook.Change.OFF_GRID);
        assertThat(book.setLevel(Side.YES, 4_800, 100)).isEqualTo(OrderBook.Change.APPLIED);
        assertThat(book.isWhole()).isFalse();

        book.beginSnapshot();
        assertThat(book.setLevel(Side.NO, 4_800, -1)).isEqualTo(OrderBook.Change.NEGATIVE_LEVEL);
        assertThat(book.isWhole()).isFalse();
    }

    @Test
    void an_empty_side_quotes_nought_and_one_dollar() {
        book.beginSnapshot();
        assertThat(book.bidE4(Side.YES)).isZero();
        assertThat(book.askE4(Side.YES)).isEqualTo(10_000);
        assertThat(book.askCountE2(Side.YES)).isZero();
        assertThat(book.spreadE4()).isEqualTo(10_000);
        assertThat(book.isTwoSided()).isFalse();
        assertThat(book.isCrossed()).isFalse();
    }

    @Test
    void the_offer_of_a_side_is_the_other_sides_bid_seen_from_here() {
        book.beginSnapshot();
        book.setLevel(Side.YES, 4_700, 300);
        book.setLevel(Side.NO, 5_100, 700);

        assertThat(book.askE4(Side.YES)).isEqualTo(4_900);
        assertThat(book.askCountE2(Side.YES)).isEqualTo(700);
        assertThat(book.askE4(Side.NO)).isEqualTo(5_300);
        assertThat(book.askCountE2(Side.NO)).isEqualTo(300);
        assertThat(book.spreadE4()).isEqualTo(200);
        assertThat(book.twiceMidE4()).isEqualTo(9_600);
    }

    @Test
    void a_book_is_crossed_when_both_bids_reach_a_dollar() {
        book.beginSnapshot();
        book.setLevel(Side.YES, 5_000, 1);
        book.setLevel(Side.NO, 4_900, 1);
        assertThat(book.isCrossed()).isFalse();

        book.setLevel(Side.NO, 5_000, 1);
        assertThat(book.isCrossed()).isTrue();
    }
}
