package voltage.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import voltage.market.FeeSchedule;
import voltage.market.Side;
import voltage.market.TradedSeries;
import voltage.order.Account;
import voltage.order.BookSide;
import voltage.order.Command;
import voltage.order.Command.CancelOrder;
import voltage.order.Command.ClosePosition;
import voltage.order.Command.Header;
import voltage.order.Command.PlaceOrder;
import voltage.order.Command.Purpose;
import voltage.order.Command.SeenBook;
import voltage.order.Command.SwitchLane;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.Fill;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.LedgerEntry;
import voltage.order.OrderTerms;
import voltage.order.RefusalReason;
import voltage.order.SentOrder;
import voltage.order.Settlement;

class RiskGateTest {
    private static final long NOW = 1_794_000_000_000_000_000L;
    private static final String M = "KXBTC15M-T";

    private final Account account = new Account();
    private final EquityWatch equity = new EquityWatch();
    private final List<CommandRecord> unfinished = new ArrayList<>();
    private LaneState state = new LaneState(true, false, false, 0, 0, 0);
    private RiskLimits limits = RiskLimits.DEFAULT;
    private final List<SentOrder> sent = new ArrayList<>();
    private int trades;

    RiskGateTest() {
        book(new LedgerEntry.Deposited("d", 1_000_000_000L, NOW - 1));
    }

    private void book(LedgerEntry entry) {
        account.apply(entry);
        if (entry instanceof LedgerEntry.Deposited deposit) {
            equity.deposited(NOW - 1, deposit.amountE6());
        } else {
            equity.observe(NOW - 1, account.equityAtCostE6());
        }
    }

    private void fill(String ticker, BookSide side, int yesPriceE4, long countE2) {
        book(new LedgerEntry.Filled(
                new Fill("t" + trades++, "o", ticker, side, yesPriceE4, countE2, 0, true, NOW - 1), "c"));
    }

    private static Header header(String id) {
        return new Header(id, Lane.PAPER, NOW, NOW + 1, 3, 5);
    }

    private static PlaceOrder buy(String id, Side side, int limitE4, long countE2) {
        return new PlaceOrder(
                header(id),
                OrderTerms.take(M, 2, side, limitE4, countE2),
                Purpose.ENTRY,
                new SeenBook(0, 10_000, 0, 0, Long.MAX_VALUE));
    }

    private static PlaceOrder reduce(String id, Side held, long countE2) {
        return new PlaceOrder(
                header(id),
                OrderTerms.reduce(M, 2, held, 100, countE2),
                Purpose.STOP,
                new SeenBook(0, 10_000, 0, 0, Long.MAX_VALUE));
    }

    private static CommandRecord record(Command command, CommandState state) {
        return new CommandRecord(command, state, List.of());
    }

    private RiskView view(long nowNanos) {
        return new RiskView(state, account, equity, unfinished, sent, nowNanos);
    }

    /** That many entries of another market. */
    private void sent(int count, long nanos) {
        for (int i = 0; i < count; i++) {
            sent.add(new SentOrder(
                    new PlaceOrder(
                            header("s" + i),
                            OrderTerms.take("ELSEWHERE", 2, Side.YES, 5_000, 100),
                            Purpose.ENTRY,
                            new SeenBook(0, 10_000, 0, 0, Long.MAX_VALUE)),
                    nanos));
        }
    }

    private void left(String market, int exits, long fromNanos, long everyNanos) {
        for (int i = 0; i < exits; i++) {
            sent.add(new SentOrder(
                    new PlaceOrder(
                            header("x" + i),
                            OrderTerms.reduce(market, 2, Side.YES, 100, 100),
                            Purpose.SIGNAL_EXIT,
                            new SeenBook(0, 10_000, 0, 0, Long.MAX_VALUE)),
                    fromNanos + i * everyNanos));
        }
    }

    private static PlaceOrder seeing(String id, Side side, int limitE4, SeenBook seen) {
        return new PlaceOrder(header(id), OrderTerms.take(M, 2, side, limitE4, 100), Purpose.ENTRY, seen);
    }

    private RiskGate gate() {
        return new RiskGate(limits, FeeSchedule.QUADRATIC);
    }

    private void assertRefused(PlaceOrder order, RefusalReason reason, String detail) {
        assertThat(gate().check(order, view(NOW))).isInstanceOfSatisfying(RiskVerdict.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.detail()).contains(detail);
        });
    }

    private void assertApproved(PlaceOrder order) {
        assertThat(gate().check(order, view(NOW))).isInstanceOf(RiskVerdict.Approved.class);
    }

    @Test
    void an_order_within_every_limit_is_approved_as_it_is() {
        PlaceOrder order = buy("a", Side.YES, 5_000, 1_000);
        assertThat(gate().check(order, view(NOW)))
                .isInstanceOfSatisfying(
                        RiskVerdict.Approved.class,
                        approved -> assertThat(approved.approved().command()).isEqualTo(order));
    }

    @Test
    void the_switches_refuse_in_their_order() {
        PlaceOrder order = buy("a", Side.YES, 5_000, 9_999);
        state = new LaneState(false, true, true, 6, 4, 0);
        assertRefused(order, RefusalReason.FENCED, "under fence 5, the fence is 6");
        state = new LaneState(false, true, true, 5, 4, 0);
        assertRefused(order, RefusalReason.STALE_LEASE, "lease 3");
        state = new LaneState(false, true, true, 5, 3, 0);
        assertRefused(order, RefusalReason.DISARMED, "armed");
        state = new LaneState(true, true, true, 5, 3, 0);
        assertRefused(order, RefusalReason.HALTED, "halted");
        state = new LaneState(true, true, false, 5, 3, 0);
        assertRefused(order, RefusalReason.PAUSED, "paused");
        state = new LaneState(true, false, false, 5, 3, 0);
        assertRefused(order, RefusalReason.ORDER_SIZE_LIMIT, "99.99, limit 25.00");
    }

    @Test
    void the_last_moment_is_in_time_and_the_next_is_late() {
        PlaceOrder order = buy("a", Side.YES, 5_000, 100);
        assertThat(gate().check(order, view(NOW + 1))).isInstanceOf(RiskVerdict.Approved.class);
        assertThat(gate().check(order, view(NOW + 2)))
                .isInstanceOfSatisfying(
                        RiskVerdict.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.LATE));
    }

    @Test
    void one_entry_of_a_market_at_a_time_and_none_while_anything_is_unknown() {
        unfinished.add(record(buy("a", Side.YES, 5_000, 100), new CommandState.Unknown(Optional.empty(), 0)));
        assertApproved(buy("a", Side.YES, 5_000, 100));
        assertRefused(buy("b", Side.YES, 5_000, 100), RefusalReason.IN_FLIGHT, "a is unknown");
        unfinished.set(0, record(buy("a", Side.YES, 5_000, 100), new CommandState.Resting("o")));
        assertRefused(buy("b", Side.YES, 5_000, 100), RefusalReason.IN_FLIGHT, "a is RESTING");
        unfinished.set(0, record(reduce("a", Side.YES, 100), new CommandState.Unknown(Optional.empty(), 0)));
        assertRefused(buy("b", Side.YES, 5_000, 100), RefusalReason.IN_FLIGHT, "unknown");
    }

    @Test
    void a_market_of_another_series_is_not_entered_but_left() {
        limits = RiskLimits.DEFAULT.withSeries(new TradedSeries(List.of("KXBTCD")));
        fill(M, BookSide.BID, 5_000, 200);
        assertRefused(
                buy("a", Side.YES, 5_000, 100), RefusalReason.FOREIGN_SERIES, "none of the traded series [KXBTCD]");
        assertApproved(reduce("x", Side.YES, 200));
    }

    @Test
    void the_position_after_the_fill_is_signed() {
        fill(M, BookSide.ASK, 5_000, 9_900);
        limits = new RiskLimits(
                2_500,
                10_000,
                10,
                1_000_000_000L,
                10_000,
                10_000,
                10_000,
                10_000,
                OrderFlowLimits.DEFAULT,
                0,
                TradedSeries.BITCOIN);
        assertRefused(buy("a", Side.NO, 5_000, 101), RefusalReason.POSITION_LIMIT, "-100.01, limit 100.00");
        assertApproved(buy("a", Side.NO, 5_000, 100));
        assertApproved(buy("a", Side.YES, 5_000, 2_500));
    }

    @Test
    void open_orders_are_counted_with_it() {
        limits = new RiskLimits(
                2_500,
                10_000,
                2,
                50_000_000,
                600,
                1_500,
                2_000,
                2_000,
                OrderFlowLimits.DEFAULT,
                0,
                TradedSeries.BITCOIN);
        for (String ticker : List.of("A", "B")) {
            PlaceOrder other = new PlaceOrder(
                    header(ticker),
                    OrderTerms.take(ticker, 2, Side.YES, 1_000, 100),
                    Purpose.ENTRY,
                    new SeenBook(0, 0, 0, 0, 0));
            unfinished.add(record(other, new CommandState.Resting("o")));
        }
        assertRefused(buy("c", Side.YES, 5_000, 100), RefusalReason.OPEN_ORDERS_LIMIT, "3, limit 2");
    }

    @Test
    void losses_of_the_day_the_week_and_from_the_peak_stop_entries_but_no_exit() {
        fill(M, BookSide.BID, 5_000, 200);
        equity.observe(NOW, 949_000_000L);
        assertRefused(buy("a", Side.YES, 5_000, 100), RefusalReason.DAILY_LOSS_LIMIT, "51.000000, limit 50.000000");
        assertApproved(reduce("x", Side.YES, 200));
        limits = new RiskLimits(
                2_500,
                10_000,
                10,
                900_000_000L,
                500,
                1_500,
                2_000,
                2_000,
                OrderFlowLimits.DEFAULT,
                0,
                TradedSeries.BITCOIN);
        assertRefused(buy("a", Side.YES, 5_000, 100), RefusalReason.DAILY_LOSS_LIMIT, "0.0510, limit 0.0500");
        limits = new RiskLimits(
                2_500,
                10_000,
                10,
                900_000_000L,
                600,
                500,
                2_000,
                2_000,
                OrderFlowLimits.DEFAULT,
                0,
                TradedSeries.BITCOIN);
        assertRefused(buy("a", Side.YES, 5_000, 100), RefusalReason.DRAWDOWN_LIMIT, "since Monday");
        limits = new RiskLimits(
                2_500,
                10_000,
                10,
                900_000_000L,
                600,
                1_500,
                500,
                2_000,
                OrderFlowLimits.DEFAULT,
                0,
                TradedSeries.BITCOIN);
        assertRefused(buy("a", Side.YES, 5_000, 100), RefusalReason.DRAWDOWN_LIMIT, "below the peak");
    }

    @Test
    void exposure_holds_positions_and_unfinished_orders_and_this_one_with_its_fee() {
        limits = new RiskLimits(
                2_500,
                10_000,
                10,
                900_000_000L,
                600,
                1_500,
                2_000,
                100,
                OrderFlowLimits.DEFAULT,
                0,
                TradedSeries.BITCOIN);
        // One per cent of a thousand dollars: ten.
        assertRefused(buy("a", Side.YES, 5_000, 2_000), RefusalReason.EXPOSURE_LIMIT, "10.350200, limit 10.000000");
        assertApproved(buy("a", Side.YES, 5_000, 1_900));
        fill("OTHER", BookSide.ASK, 9_000, 500);
        assertRefused(buy("a", Side.YES, 5_000, 1_900), RefusalReason.EXPOSURE_LIMIT, "limit 10");
        assertApproved(buy("a", Side.YES, 5_000, 1_800));
    }

    @Test
    void what_only_closes_adds_no_exposure() {
        fill(M, BookSide.BID, 5_000, 1_900);
        limits = new RiskLimits(
                2_500,
                10_000,
                10,
                900_000_000L,
                600,
                1_500,
                2_000,
                100,
                OrderFlowLimits.DEFAULT,
                0,
                TradedSeries.BITCOIN);
        assertApproved(buy("a", Side.NO, 5_000, 1_000));
    }

    @Test
    void orders_within_a_second_are_counted() {
        sent(10, NOW - 999_999_999L);
        assertRefused(buy("a", Side.YES, 5_000, 100), RefusalReason.ORDER_RATE_LIMIT, "11, limit 10");
    }

    @Test
    void orders_within_a_minute_are_counted() {
        sent(60, NOW - 59_999_999_999L);
        assertRefused(buy("a", Side.YES, 5_000, 100), RefusalReason.ORDER_RATE_LIMIT, "61, limit 60");
        sent.removeFirst();
        assertApproved(buy("a", Side.YES, 5_000, 100));
    }

    @Test
    void a_market_left_three_times_within_a_minute_takes_no_entry_for_as_long_as_that_is_remembered() {
        left(M, 3, NOW - 1_000_000_000_000L, 30_000_000_000L);
        assertRefused(buy("a", Side.YES, 5_000, 100), RefusalReason.QUARANTINED, "3, limit 2");
        sent.removeLast();
        assertApproved(buy("a", Side.YES, 5_000, 100));
        left(M, 1, NOW - 1_000_000_000_000L + 60_000_000_001L, 0);
        assertApproved(buy("a", Side.YES, 5_000, 100));
    }

    @Test
    void exits_from_another_market_are_no_quarantine() {
        left("ELSEWHERE", 5, NOW - 10_000_000_000L, 1);
        assertApproved(buy("a", Side.YES, 5_000, 100));
    }

    @Test
    void exits_of_a_market_are_bounded_so_that_none_is_retried_without_end() {
        fill(M, BookSide.BID, 5_000, 500);
        left(M, 20, NOW - 59_999_999_999L, 0);
        assertRefused(reduce("a", Side.YES, 100), RefusalReason.ORDER_RATE_LIMIT, "21, limit 20");
        sent.removeFirst();
        assertApproved(reduce("a", Side.YES, 100));
    }

    @Test
    void an_order_that_replaces_another_is_judged_in_its_place() {
        limits = new RiskLimits(
                2_500,
                10_000,
                1,
                50_000_000,
                600,
                1_500,
                2_000,
                2_000,
                OrderFlowLimits.DEFAULT,
                0,
                TradedSeries.BITCOIN);
        // Twenty percent of a thousand dollars may be lost, and each of the two could lose more than half of that.
        PlaceOrder old = buy("old", Side.YES, 5_000, 2_500);
        unfinished.add(record(old, new CommandState.Resting("o")));
        sent.add(new SentOrder(old, NOW - 1));
        assertRefused(buy("a", Side.YES, 5_000, 2_500), RefusalReason.DUPLICATE, "the same as old");
        assertApproved(buy("a", Side.YES, 5_000, 2_500).replacing("old"));
        assertRefused(buy("a", Side.YES, 5_100, 2_500), RefusalReason.IN_FLIGHT, "old is RESTING");
        assertRefused(
                buy("a", Side.YES, 5_000, 2_500).replacing("another"), RefusalReason.DUPLICATE, "the same as old");
        // While it is taken down, the replacement itself is what is in flight.
        unfinished.clear();
        unfinished.add(record(buy("a", Side.YES, 5_000, 2_500).replacing("old"), new CommandState.Replacing()));
        assertRefused(buy("b", Side.YES, 5_100, 100), RefusalReason.IN_FLIGHT, "a is REPLACING");
    }

    @Test
    void the_same_entry_under_another_name_is_refused_while_it_can_only_be_a_repetition() {
        sent.add(new SentOrder(buy("first", Side.YES, 5_000, 100), NOW - 499_999_999L));
        assertRefused(buy("a", Side.YES, 5_000, 100), RefusalReason.DUPLICATE, "the same as first");
        assertApproved(buy("a", Side.YES, 5_000, 101));
        assertApproved(buy("first", Side.YES, 5_000, 100));
        sent.set(0, new SentOrder(buy("first", Side.YES, 5_000, 100), NOW - 500_000_000L));
        assertApproved(buy("a", Side.YES, 5_000, 100));
    }

    @Test
    void a_price_far_through_the_book_that_it_was_decided_on_is_refused() {
        SeenBook seen = new SeenBook(4_000, 4_200, 1, NOW, Long.MAX_VALUE);
        assertApproved(seeing("a", Side.YES, 4_700, seen));
        assertRefused(seeing("a", Side.YES, 4_701, seen), RefusalReason.PRICE_INVALID, "0.4701, limit 0.4700");
        assertApproved(seeing("a", Side.NO, 6_500, seen));
        assertRefused(seeing("a", Side.NO, 6_501, seen), RefusalReason.PRICE_INVALID, "0.3499, 0.3500 is the least");
    }

    @Test
    void an_entry_keeps_away_from_the_close() {
        long cutoff = limits.closeCutoffNanos();
        assertApproved(seeing("a", Side.YES, 5_000, new SeenBook(0, 10_000, 1, NOW, NOW + cutoff)));
        assertRefused(
                seeing("a", Side.YES, 5_000, new SeenBook(0, 10_000, 1, NOW, NOW + cutoff - 1)),
                RefusalReason.MARKET_CLOSED,
                "60.000 s are needed");
    }

    @Test
    void a_market_that_has_paid_takes_no_entry() {
        fill(M, BookSide.BID, 5_000, 100);
        book(new LedgerEntry.Settled(new Settlement(M, Side.YES, 100, 0, 1_000_000, NOW - 1)));
        assertRefused(buy("a", Side.YES, 5_000, 100), RefusalReason.MARKET_CLOSED, "has paid out");
    }

    @Test
    void cash_must_cover_price_and_fee() {
        book(new LedgerEntry.Deposited("out", -995_000_000L, NOW - 1));
        limits = new RiskLimits(
                2_500,
                10_000,
                10,
                900_000_000L,
                10_000,
                10_000,
                10_000,
                10_000,
                OrderFlowLimits.DEFAULT,
                0,
                TradedSeries.BITCOIN);
        // With the whole equity at risk, exposure and cash are the same limit; the first to be asked answers.
        assertRefused(buy("a", Side.YES, 5_000, 1_000), RefusalReason.EXPOSURE_LIMIT, "limit 5");
        equity.observe(NOW, 1_000_000_000L);
        assertRefused(buy("a", Side.YES, 5_000, 1_000), RefusalReason.INSUFFICIENT_CASH, "5.175200, limit 5.000000");
        assertApproved(buy("a", Side.YES, 5_000, 900));
    }

    @Test
    void a_reduction_is_cut_to_what_is_held_and_never_crosses_zero() {
        fill(M, BookSide.ASK, 5_000, 300);
        assertThat(gate().check(reduce("a", Side.NO, 500), view(NOW)))
                .isInstanceOfSatisfying(RiskVerdict.Approved.class, approved -> {
                    PlaceOrder cut = (PlaceOrder) approved.approved().command();
                    assertThat(cut.terms().countE2()).isEqualTo(300);
                    assertThat(cut.terms().bookSide()).isEqualTo(BookSide.BID);
                });
        assertRefused(reduce("a", Side.YES, 500), RefusalReason.NOTHING_TO_REDUCE, "-3.00");
        unfinished.add(record(reduce("x", Side.NO, 200), new CommandState.Sending(1)));
        assertThat(gate().check(reduce("a", Side.NO, 500), view(NOW)))
                .isInstanceOfSatisfying(
                        RiskVerdict.Approved.class,
                        approved -> assertThat(((PlaceOrder) approved.approved().command())
                                        .terms()
                                        .countE2())
                                .isEqualTo(100));
        unfinished.add(record(reduce("y", Side.NO, 100), new CommandState.Unknown(Optional.empty(), 0)));
        assertRefused(reduce("a", Side.NO, 500), RefusalReason.IN_FLIGHT, "exits in flight");
    }

    @Test
    void closing_sells_the_signed_remainder_reduce_only() {
        ClosePosition close = new ClosePosition(header("a"), M, 2, 100, Purpose.OPERATOR_CLOSE);
        assertThat(gate().check(close, view(NOW)))
                .isInstanceOfSatisfying(
                        RiskVerdict.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.NOTHING_TO_REDUCE));
        fill(M, BookSide.ASK, 5_000, 137);
        assertThat(gate().check(close, view(NOW))).isInstanceOfSatisfying(RiskVerdict.Approved.class, approved -> {
            OrderTerms terms = ((PlaceOrder) approved.approved().command()).terms();
            assertThat(terms.signedCountE2()).isEqualTo(137);
            assertThat(terms.reduceOnly()).isTrue();
            assertThat(terms.yesPriceE4()).isEqualTo(9_900);
        });
        state = new LaneState(true, false, false, 6, 0, 0);
        assertThat(gate().check(close, view(NOW))).isInstanceOf(RiskVerdict.Refused.class);
    }

    @Test
    void arming_needs_the_leaders_lease_unless_the_operator_does_it() {
        state = new LaneState(true, true, false, 5, 4, 0);
        SwitchLane resume = new SwitchLane(header("s"), true, false, "go");
        assertThat(gate().check(resume, view(NOW)))
                .isInstanceOfSatisfying(
                        RiskVerdict.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.STALE_LEASE));
        Header operator = Header.withoutLease("o", Lane.PAPER, NOW, Long.MAX_VALUE, 5);
        assertThat(gate().check(new SwitchLane(operator, true, false, "go"), view(NOW)))
                .isInstanceOf(RiskVerdict.Approved.class);
        state = new LaneState(true, false, false, 5, 3, 0);
        assertThat(gate().check(resume, view(NOW))).isInstanceOf(RiskVerdict.Approved.class);
    }

    @Test
    void nobody_without_a_lease_enters() {
        PlaceOrder order = buy("a", Side.YES, 5_000, 1_000);
        PlaceOrder without = new PlaceOrder(
                Header.withoutLease("a", Lane.PAPER, NOW, NOW + 1, 5), order.terms(), order.purpose(), order.seen());
        assertRefused(without, RefusalReason.STALE_LEASE, "no lease");
    }

    @Test
    void a_cancel_passes_the_fence_and_so_does_disarming_but_arming_does_not() {
        state = new LaneState(true, false, true, 6, 9, 0);
        assertThat(gate().check(new CancelOrder(header("c"), M, "a"))).isInstanceOf(RiskVerdict.Approved.class);
        assertThat(gate().check(new SwitchLane(header("s"), false, false, "stop"), view(NOW)))
                .isInstanceOf(RiskVerdict.Approved.class);
        assertThat(gate().check(new SwitchLane(header("s"), true, false, "go"), view(NOW)))
                .isInstanceOf(RiskVerdict.Refused.class);
    }
}
