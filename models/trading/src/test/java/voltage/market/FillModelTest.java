package voltage.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FillModelTest {
    @Test
    void trades_serve_those_ahead_first() {
        QueuePosition queue = new QueuePosition(500);
        assertThat(queue.traded(300)).isZero();
        assertThat(queue.traded(300)).isEqualTo(100);
        assertThat(queue.aheadE2()).isZero();
    }

    @Test
    void a_cancel_is_assumed_behind_until_the_level_is_smaller_than_the_queue() {
        QueuePosition queue = new QueuePosition(500);
        queue.levelIs(800);
        assertThat(queue.aheadE2()).isEqualTo(500);
        queue.levelIs(200);
        assertThat(queue.aheadE2()).isEqualTo(200);
    }

    @Test
    void nobody_can_have_less_than_nothing_ahead() {
        assertThatThrownBy(() -> new QueuePosition(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_sweep_takes_offers_from_the_best_up_to_the_limit() {
        OrderBook book = new OrderBook(TickGrid.LINEAR_CENT);
        book.beginSnapshot();
        book.setLevel(Side.NO, 4_800, 300);
        book.setLevel(Side.NO, 4_700, 200);
        book.setLevel(Side.NO, 4_600, 900);
        Sweep sweep = Sweep.buying(book, Side.YES, 5_300, 1_000);
        assertThat(sweep.levels()).containsExactly(new Sweep.Level(5_200, 300), new Sweep.Level(5_300, 200));
        assertThat(sweep.countE2()).isEqualTo(500);
        assertThat(sweep.costE6()).isEqualTo(5_200 * 300 + 5_300 * 200);
        assertThat(sweep.worstE4()).isEqualTo(5_300);
        assertThat(sweep.takerFeesE6(FeeSchedule.QUADRATIC)).isPositive();
        assertThat(Sweep.buying(book, Side.YES, 5_100, 100).levels()).isEmpty();
    }
}
