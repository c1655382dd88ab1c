package voltage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.market.BookDelta;
import voltage.market.Side;
import voltage.market.TickGrid;
import voltage.order.Command;
import voltage.order.ExecutionReport;
import voltage.order.Fill;
import voltage.order.LedgerEntry;
import voltage.order.RefusalReason;
import voltage.strategy.EntryRecord;
import voltage.strategy.EntryScreen;

@Timeout(20)
class TradeWatchTest {
    @Test
    void a_trade_held_to_settlement_is_recorded_with_what_was_known_at_its_entry() {
        EngineHarness h = new EngineHarness().holding();
        long entered = h.now;
        long count = h.lastOrder().terms().countE2();
        h.seconds(1).book(5_500, 4_300, 100_000);
        h.seconds(1).book(4_000, 5_800, 100_000);
        assertThat(h.trades).isEmpty();
        h.pass(EngineHarness.CLOSE - h.now + EngineHarness.MINUTE).on(settled(h, Side.YES, count * 10_000));
        assertThat(h.trades).hasSize(1);
        EntryRecord trade = h.trades.getFirst();
        assertThat(trade.ticker()).isEqualTo(EngineHarness.M);
        assertThat(trade.commandId()).isEqualTo(h.orders().getFirst().id());
        assertThat(trade.side()).isEqualTo(Side.YES);
        assertThat(trade.priceE4()).isEqualTo(5_000);
        assertThat(trade.countE2()).isEqualTo(count);
        assertThat(trade.exit()).isEqualTo(EntryRecord.Exit.SETTLED);
        assertThat(trade.pnlE6()).isEqualTo(count * 5_000);
        assertThat(trade.label()).isEqualTo(1);
        assertThat(trade.excursions().favourableE4()).isEqualTo(500);
        assertThat(trade.excursions().adverseE4()).isEqualTo(-1_000);
        assertThat(trade.excursions().holdingNanos()).isEqualTo(h.now - entered);
        assertThat(trade.answer()).isEqualTo(EntryScreen.Answer.NOT_ASKED);
        assertThat(trade.features().atNanos()).isLessThanOrEqualTo(entered);
        assertThat(trade.features().secondsToClose()).isEqualTo(14 * 60);
        assertThat(trade.features().hourOfDay()).isEqualTo(12);
        assertThat(trade.features().dayOfWeek()).isEqualTo(3);
        assertThat(trade.features().obiE6()).isEqualTo(500_000);
        assertThat(trade.features().spreadE6()).isEqualTo(2 * 200 * 1_000_000 / 9_800);
    }

    @Test
    void a_stop_is_recorded_as_one_with_its_loss() {
        EngineHarness h = new EngineHarness().holdingMuch();
        h.fall();
        assertThat(h.lastOrder().purpose()).isEqualTo(Command.Purpose.STOP);
        h.filled(h.lastOrder());
        assertThat(h.trades).hasSize(1);
        EntryRecord trade = h.trades.getFirst();
        assertThat(trade.exit()).isEqualTo(EntryRecord.Exit.STOP);
        assertThat(trade.label()).isEqualTo(-1);
        assertThat(trade.excursions().adverseE4()).isEqualTo(500 - 5_000);
        assertThat(trade.pnlE6())
                .isEqualTo(java.util.Objects.requireNonNull(h.engine.account().position(EngineHarness.M))
                        .cashFlowE6());
    }

    /** Incident 9: what sold the rest does not rewrite why the trade was left. */
    @Test
    void the_first_reason_for_which_some_was_sold_stands() {
        EngineHarness h = new EngineHarness().holdingMuch();
        h.fall();
        Command.PlaceOrder stop = h.lastOrder();
        long count = stop.terms().countE2();
        h.filled(stop, count / 2, true);
        assertThat(h.trades).isEmpty();
        h.pass(EngineHarness.CLOSE - h.now + EngineHarness.MINUTE).on(settled(h, Side.NO, 0));
        assertThat(h.trades).hasSize(1);
        assertThat(h.trades.getFirst().exit()).isEqualTo(EntryRecord.Exit.STOP);
        assertThat(h.trades.getFirst().countE2()).isEqualTo(count);
    }

    @Test
    void an_exit_that_sold_nothing_is_no_reason() {
        EngineHarness h = new EngineHarness().holdingMuch();
        h.fall();
        h.refused(h.lastOrder(), RefusalReason.ORDER_RATE_LIMIT);
        h.pass(EngineHarness.CLOSE - h.now + EngineHarness.MINUTE).on(settled(h, Side.NO, 0));
        assertThat(h.trades.getFirst().exit()).isEqualTo(EntryRecord.Exit.SETTLED);
    }

    @Test
    void fees_of_entry_and_exit_and_the_payout_are_told_apart() {
        EngineHarness held = new EngineHarness().ready().book();
        long count = held.lastOrder().terms().countE2();
        filled(held, 170_000);
        held.pass(EngineHarness.CLOSE - held.now + EngineHarness.MINUTE).on(settled(held, Side.YES, count * 10_000));
        EntryRecord won = held.trades.getFirst();
        assertThat(won.fees()).isEqualTo(new EntryRecord.Fees(170_000, 0));
        assertThat(won.payoutE6()).isEqualTo(count * 10_000);
        assertThat(won.pnlE6()).isEqualTo(won.payoutE6() - count * won.priceE4() - 170_000);
        assertThat(won.forecaster()).isEqualTo("HAR");

        EngineHarness left = new EngineHarness();
        left.direction = 1;
        left.load(EngineHarness.deposit(400)).history(0, 100).list().spot().book();
        filled(left, 170_000);
        left.fall();
        filled(left, 90_000);
        EntryRecord stopped = left.trades.getFirst();
        assertThat(stopped.fees()).isEqualTo(new EntryRecord.Fees(170_000, 90_000));
        assertThat(stopped.payoutE6()).isZero();
    }

    private static void filled(EngineHarness h, long feeE6) {
        h.on(new ExecutionReport.Filled(
                h.lastOrder().id(), EngineHarness.M, "o", List.of(fill(h, feeE6)), true, h.now, h.now));
    }

    /** Of the latest order, whole, at its own price. */
    private static Fill fill(EngineHarness h, long feeE6) {
        Command.PlaceOrder order = h.lastOrder();
        return new Fill(
                "paid-" + order.id(),
                "o",
                EngineHarness.M,
                order.terms().bookSide(),
                order.terms().yesPriceE4(),
                order.terms().countE2(),
                feeE6,
                true,
                h.now);
    }

    @Test
    void an_entry_that_is_refused_leaves_no_trade() {
        EngineHarness h = new EngineHarness().ready().book();
        h.refused(h.lastOrder(), RefusalReason.ORDER_RATE_LIMIT);
        h.pass(EngineHarness.CLOSE - h.now).on(settled(h, Side.YES, 0));
        assertThat(h.trades).isEmpty();
    }

    @Test
    void what_somebody_else_buys_after_a_refused_entry_is_not_taken_for_it() {
        EngineHarness h = new EngineHarness().ready().book();
        h.refused(h.lastOrder(), RefusalReason.ORDER_RATE_LIMIT);
        Fill fill = new Fill("by-hand", "x", EngineHarness.M, voltage.order.BookSide.BID, 5_000, 500, 0, true, h.now);
        h.on(new ExecutionReport.Corrected("", EngineHarness.M, List.of(fill), "by hand", h.now, h.now));
        h.pass(EngineHarness.CLOSE - h.now).on(settled(h, Side.YES, 5_000_000));
        assertThat(h.trades).isEmpty();
    }

    @Test
    void a_ledger_read_that_was_behind_does_not_make_a_held_trade_a_reduced_one() {
        EngineHarness h = new EngineHarness().holding();
        String entry = h.lastOrder().id();
        long count = h.lastOrder().terms().countE2();
        LedgerEntry some = new LedgerEntry.Filled(part(h, "a", count / 2), entry);
        h.load(EngineHarness.deposit(1_000), some);
        h.load(EngineHarness.deposit(1_000), some, new LedgerEntry.Filled(part(h, "b", count - count / 2), entry));
        h.pass(EngineHarness.CLOSE - h.now).on(settled(h, Side.YES, count * 10_000));
        assertThat(h.trades).hasSize(1);
        assertThat(h.trades.getFirst().exit()).isEqualTo(EntryRecord.Exit.SETTLED);
    }

    private static Fill part(EngineHarness h, String id, long countE2) {
        return new Fill(id, "o", EngineHarness.M, voltage.order.BookSide.BID, 5_000, countE2, 0, true, h.now);
    }

    @Test
    void a_position_of_an_earlier_life_gives_no_record() {
        EngineHarness h = new EngineHarness();
        Fill fill = new Fill(
                "f", "o", EngineHarness.M, voltage.order.BookSide.BID, 5_000, 1_000, 0, true, EngineHarness.OPEN);
        h.load(EngineHarness.deposit(1_000), new LedgerEntry.Filled(fill, "c"))
                .history(0, 100)
                .list()
                .spot()
                .book()
                .seconds(2);
        h.pass(EngineHarness.CLOSE - h.now).on(settled(h, Side.YES, 10_000_000));
        assertThat(h.trades).isEmpty();
    }

    @Test
    void a_position_that_somebody_else_adds_to_gives_no_record() {
        EngineHarness h = new EngineHarness().holding();
        Fill fill = new Fill("by-hand", "x", EngineHarness.M, voltage.order.BookSide.BID, 5_000, 500, 0, true, h.now);
        h.on(new ExecutionReport.Corrected("", EngineHarness.M, List.of(fill), "by hand", h.now, h.now));
        h.pass(EngineHarness.CLOSE - h.now).on(settled(h, Side.YES, 10_000_000));
        assertThat(h.trades).isEmpty();
    }

    @Test
    void a_ledger_read_again_goes_on_with_the_trade() {
        EngineHarness h = new EngineHarness().holding();
        Fill fill = new Fill(
                "t0",
                "o",
                EngineHarness.M,
                voltage.order.BookSide.BID,
                5_000,
                h.lastOrder().terms().countE2(),
                0,
                true,
                h.now);
        h.load(
                EngineHarness.deposit(1_000),
                new LedgerEntry.Filled(fill, h.lastOrder().id()));
        h.pass(EngineHarness.CLOSE - h.now).on(settled(h, Side.NO, 0));
        assertThat(h.trades).hasSize(1);
        assertThat(h.trades.getFirst().label()).isEqualTo(-1);
    }

    @Test
    void a_ledger_read_again_that_knows_of_fewer_fees_gives_no_record() {
        EngineHarness h = new EngineHarness().ready().book();
        filled(h, 170_000);
        h.load(
                EngineHarness.deposit(1_000),
                new LedgerEntry.Filled(fill(h, 0), h.lastOrder().id()));
        h.pass(EngineHarness.CLOSE - h.now).on(settled(h, Side.NO, 0));
        assertThat(h.trades).isEmpty();
    }

    @Test
    void a_no_entry_is_seen_from_the_no_side() {
        EngineHarness h = new EngineHarness();
        h.probability = 0.35;
        h.load(EngineHarness.deposit(1_000))
                .history(-5_000, 100)
                .list(h.definition(
                        h.key, EngineHarness.OPEN, OptionalLong.of(EngineHarness.PRICE_E4), TickGrid.LINEAR_CENT))
                .spot()
                .book(4_800, 5_000, 100_000);
        assertThat(h.orders()).isNotEmpty();
        h.filled(h.lastOrder());
        h.seconds(1).book(4_700, 5_100, 100_000);
        h.pass(EngineHarness.CLOSE - h.now)
                .on(settled(h, Side.NO, h.lastOrder().terms().countE2() * 10_000));
        EntryRecord trade = h.trades.getFirst();
        assertThat(trade.side()).isEqualTo(Side.NO);
        assertThat(trade.priceE4()).isEqualTo(5_200);
        // The price fell, which is the way of NO.
        assertThat(trade.features().roc10E6()).isPositive();
        assertThat(trade.excursions().favourableE4()).isEqualTo(5_100 - 5_200);
        assertThat(trade.label()).isEqualTo(1);
    }

    /** Deltas far from the best prices, so that nothing is decided anew; the first ones are left to the compiler. */
    @Test
    void following_a_trade_allocates_nothing_on_a_delta() {
        EngineHarness h = new EngineHarness().holding().seconds(1).book();
        BookDelta delta = new BookDelta(h.key);
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        int deltas = 20_000;
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < deltas; i++) {
                h.engine.on(delta.set(h.key, Side.YES, 1_000, i % 2 == 0 ? 100 : -100, 1, h.now, h.now));
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes in %d deltas", deltas).isLessThan(deltas / 10);
        assertThat(h.trades).isEmpty();
    }

    private static ExecutionReport settled(EngineHarness h, Side result, long revenueE6) {
        return new ExecutionReport.Settled("s", EngineHarness.M, result, revenueE6, h.now, h.now);
    }
}
