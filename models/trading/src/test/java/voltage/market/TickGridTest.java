package voltage.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TickGridTest {
    private static final List<TickGrid> GRIDS = List.of(
            TickGrid.LINEAR_CENT,
            TickGrid.TAPERED_DECI_CENT,
            new TickGrid(List.of(new TickGrid.Range(0, 10_000, 1))),
            new TickGrid(List.of(new TickGrid.Range(0, 10_000, 10_000))));

    @Test
    void price_and_index_are_each_others_inverse_and_ascend() {
        for (TickGrid grid : GRIDS) {
            for (int i = 0; i < grid.size(); i++) {
                assertThat(grid.indexOf(grid.priceE4(i))).isEqualTo(i);
                assertThat(i == 0 || grid.priceE4(i) > grid.priceE4(i - 1)).isTrue();
            }
            assertThat(grid.priceE4(0)).isZero();
            assertThat(grid.priceE4(grid.size() - 1)).isEqualTo(TickGrid.ONE_DOLLAR_E4);
        }
    }

    @Test
    void the_known_structures_have_their_known_ticks() {
        assertThat(TickGrid.LINEAR_CENT.size()).isEqualTo(101);
        assertThat(TickGrid.TAPERED_DECI_CENT.size()).isEqualTo(100 + 80 + 100 + 1);
        assertThat(TickGrid.TAPERED_DECI_CENT.isOrderPrice(990)).isTrue();
        assertThat(TickGrid.TAPERED_DECI_CENT.isOrderPrice(1_010)).isFalse();
        assertThat(TickGrid.TAPERED_DECI_CENT.isOrderPrice(9_010)).isTrue();
        assertThat(TickGrid.LINEAR_CENT.isOrderPrice(990)).isFalse();
    }

    @Test
    void the_complement_of_a_price_is_on_the_grid_where_the_price_is() {
        for (int price = 0; price <= 10_000; price++) {
            assertThat(TickGrid.TAPERED_DECI_CENT.indexOf(10_000 - price) >= 0)
                    .isEqualTo(TickGrid.TAPERED_DECI_CENT.indexOf(price) >= 0);
        }
    }

    @Test
    void floor_and_ceiling_are_the_nearest_grid_prices() {
        for (TickGrid grid : GRIDS) {
            for (int price = 0; price <= 10_000; price += 7) {
                int floor = grid.floorE4(price);
                int ceiling = grid.ceilingE4(price);
                assertThat(floor).isLessThanOrEqualTo(price);
                assertThat(ceiling).isGreaterThanOrEqualTo(price);
                int steps = grid.indexOf(ceiling) - grid.indexOf(floor);
                assertThat(steps).isEqualTo(grid.indexOf(price) >= 0 ? 0 : 1);
            }
        }
    }

    @Test
    void nought_and_one_dollar_are_on_the_grid_but_are_no_order_prices() {
        assertThat(TickGrid.LINEAR_CENT.indexOf(0)).isZero();
        assertThat(TickGrid.LINEAR_CENT.isOrderPrice(0)).isFalse();
        assertThat(TickGrid.LINEAR_CENT.isOrderPrice(10_000)).isFalse();
    }

    @Test
    void prices_outside_the_dollar_are_off_the_grid_however_far() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 10_000; i++) {
            long price = random.nextLong() >> random.nextInt(50);
            if (price < 0 || price > 10_000) {
                assertThat(TickGrid.LINEAR_CENT.indexOf(price)).isEqualTo(-1);
                assertThat(TickGrid.LINEAR_CENT.isOrderPrice(price)).isFalse();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, 100, 1", "0, 10001, 1", "100, 100, 1", "200, 100, 1", "0, 100, 0", "0, 100, -1", "0, 100, 30"})
    void a_range_that_is_no_range_is_refused(int start, int end, int step) {
        assertThatThrownBy(() -> new TickGrid.Range(start, end, step))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(start + ".." + end + " by " + step);
    }

    @Test
    void ranges_that_leave_a_hole_overlap_or_end_early_are_refused() {
        TickGrid.Range low = new TickGrid.Range(0, 1_000, 10);
        TickGrid.Range rest = new TickGrid.Range(1_000, 10_000, 100);
        assertThatThrownBy(() -> new TickGrid(List.of())).hasMessageContaining("reach 1.0000");
        assertThatThrownBy(() -> new TickGrid(List.of(low))).hasMessageContaining("reach 1.0000");
        assertThatThrownBy(() -> new TickGrid(List.of(rest))).hasMessageContaining("adjoin");
        assertThatThrownBy(() -> new TickGrid(List.of(rest, low))).hasMessageContaining("adjoin");
        assertThatThrownBy(() -> new TickGrid(List.of(low, low, rest))).hasMessageContaining("adjoin");
        assertThat(new TickGrid(List.of(low, rest))).isEqualTo(new TickGrid(List.of(low, rest)));
    }
}
