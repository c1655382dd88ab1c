package voltage.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import voltage.kalshi.rest.HttpTransport.HttpRequest;
import voltage.local.exchange.Inspection;
import voltage.local.exchange.Inspection.FillFact;
import voltage.local.exchange.Inspection.OrderFact;
import voltage.local.exchange.Inspection.SettlementFact;
import voltage.local.play.VirtualTime;
import voltage.market.Side;
import voltage.order.BookSide;
import voltage.order.Command;
import voltage.order.CommandState;
import voltage.order.Fill;
import voltage.order.InMemoryLedger;
import voltage.order.LaneState;
import voltage.order.Ledger;
import voltage.order.LedgerEntry;
import voltage.order.OrderTerms;
import voltage.order.Settlement;
import voltage.order.TimeInForce;
import voltage.risk.RiskLimits;

/** Each rule goes red on a violation made by hand, and stays green beside it. */
class RulesTest {
    private static final String MARKET = "KXBTC15M-26OCT201012-12";
    private static final long CASH_E6 = 1_000_000_000L;

    private final VirtualTime time = new VirtualTime(Scenery.START);
    private final Exchange exchange = new Exchange();
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final Rules rules = new Rules(time, new EventLog(time, null), exchange, ledger, RiskLimits.DEFAULT);

    RulesTest() {
        assertThat(ledger.book(World.LANE, List.of(new LedgerEntry.Deposited("start", CASH_E6, Scenery.START))))
                .hasSize(1);
        rules.ledgerChanged();
    }

    private static void broken(Rule rule, Runnable work) {
        Violation violation = catchThrowableOfType(Violation.class, work::run);
        assertThat(violation).isNotNull();
        assertThat(violation.rule()).isEqualTo(rule);
        assertThat(violation).hasMessageContaining(rule.figure()).hasMessageContaining(violation.moment());
    }

    private static Command.Header header(String id) {
        return new Command.Header(id, World.LANE, Scenery.START, Long.MAX_VALUE, 0, 0);
    }

    private static Command.PlaceOrder entry(String id, long countE2) {
        return new Command.PlaceOrder(
                header(id),
                OrderTerms.take(MARKET, World.SHARD, Side.YES, 5_000, countE2),
                Command.Purpose.ENTRY,
                new Command.SeenBook(0, 0, 0, 0, 0));
    }

    private static Command.PlaceOrder exit(String id, long countE2) {
        return new Command.PlaceOrder(
                header(id),
                OrderTerms.reduce(MARKET, World.SHARD, Side.YES, 4_000, countE2),
                Command.Purpose.STOP,
                new Command.SeenBook(0, 0, 0, 0, 0));
    }

    private void sending(Command command) {
        Optional<?> earlier = ledger.record(command, Scenery.START);
        assertThat(earlier).isEmpty();
        move(command, new CommandState.Received(), new CommandState.Sending(Scenery.START));
    }

    private void replacing(Command command) {
        Optional<?> earlier = ledger.record(command, Scenery.START);
        assertThat(earlier).isEmpty();
        CommandState replacing = new CommandState.Replacing();
        move(command, new CommandState.Received(), replacing);
        move(command, replacing, new CommandState.Sending(Scenery.START));
    }

    private void move(Command command, CommandState from, CommandState to) {
        List<LedgerEntry> booked =
                ledger.apply(World.LANE, new Ledger.LedgerChange(command.id(), from, to, List.of(), List.of()));
        assertThat(booked).isEmpty();
    }

    private static OrderFact order(String id, int sign, long countE2, boolean reduceOnly, boolean isResting) {
        return new OrderFact(
                "X" + id,
                id,
                MARKET,
                sign,
                5_000,
                countE2,
                isResting ? 0 : countE2,
                isResting ? countE2 : 0,
                reduceOnly,
                isResting,
                isResting,
                Scenery.START);
    }

    private static FillFact fill(String tradeId, String orderId, long signedE2, long afterE2) {
        return new FillFact(tradeId, orderId, MARKET, signedE2, 5_000, 1_000, afterE2, Scenery.START);
    }

    private static Fill booked(FillFact fill) {
        return new Fill(
                fill.tradeId(),
                fill.orderId(),
                fill.ticker(),
                fill.signedE2() > 0 ? BookSide.BID : BookSide.ASK,
                fill.yesPriceE4(),
                Math.abs(fill.signedE2()),
                fill.feeE6(),
                true,
                fill.nanos());
    }

    private void book(LedgerEntry entry) {
        assertThat(ledger.book(World.LANE, List.of(entry))).hasSize(1);
        rules.ledgerChanged();
    }

    /** An entry that was carried out as it should be, on both sides. */
    private void bought(long countE2) {
        sending(entry("e1", countE2));
        FillFact fill = fill("t1", "Xe1", countE2, countE2);
        exchange.place(order("e1", 1, countE2, false, false));
        exchange.fill(fill, CASH_E6 - countE2 * 5_000 - 1_000);
        rules.exchangeChanged();
        book(new LedgerEntry.Filled(booked(fill), "e1"));
    }

    @Test
    void what_is_right_breaks_nothing() {
        bought(1_000);
        sending(exit("x1", 400));
        FillFact fill = fill("t2", "Xx1", -400, 600);
        exchange.place(order("x1", -1, 400, true, false));
        exchange.fill(fill, exchange.cashE6 + 400 * 5_000 - 1_000);
        rules.exchangeChanged();
        book(new LedgerEntry.Filled(booked(fill), "x1"));
        assertThat(rules.checks()).isGreaterThan(10);
        assertThat(rules.fills()).isEqualTo(2);
    }

    @Test
    void an_order_that_the_ledger_does_not_know_is_an_orphan() {
        exchange.place(order("nobody", 1, 100, false, false));
        broken(Rule.NO_ORPHAN, rules::exchangeChanged);
    }

    @Test
    void an_order_that_was_not_written_as_being_sent_is_an_orphan() {
        assertThat(ledger.record(entry("e1", 100), Scenery.START)).isEmpty();
        exchange.place(order("e1", 1, 100, false, false));
        broken(Rule.NO_ORPHAN, rules::exchangeChanged);
    }

    @Test
    void a_fill_that_the_exchange_does_not_know_is_a_phantom() {
        broken(Rule.NO_PHANTOM, () -> book(new LedgerEntry.Filled(booked(fill("t9", "Xe9", 100, 100)), "e9")));
    }

    @Test
    void a_fill_at_another_price_is_a_phantom() {
        sending(entry("e1", 100));
        FillFact fill = fill("t1", "Xe1", 100, 100);
        exchange.place(order("e1", 1, 100, false, false));
        exchange.fill(fill, CASH_E6 - 501_000);
        rules.exchangeChanged();
        Fill other = new Fill("t1", "Xe1", MARKET, BookSide.BID, 4_900, 100, 1_000, true, fill.nanos());
        broken(Rule.NO_PHANTOM, () -> book(new LedgerEntry.Filled(other, "e1")));
    }

    @Test
    void a_settlement_that_the_exchange_did_not_pay_is_a_phantom() {
        bought(100);
        broken(
                Rule.NO_PHANTOM,
                () -> book(
                        new LedgerEntry.Settled(new Settlement(MARKET, Side.YES, 100, 0, 1_000_000, Scenery.START))));
    }

    @Test
    void a_settlement_with_the_first_and_wrong_outcome_is_a_phantom() {
        bought(100);
        exchange.settlements.add(new SettlementFact(MARKET, Side.NO, 100, 0, Scenery.START));
        rules.exchangeChanged();
        broken(
                Rule.NO_PHANTOM,
                () -> book(new LedgerEntry.Settled(new Settlement(MARKET, Side.YES, 100, 0, 0, Scenery.START))));
    }

    @Test
    void two_orders_of_one_command_are_a_duplicate() {
        sending(entry("e1", 100));
        exchange.place(order("e1", 1, 100, false, false));
        OrderFact again = order("e1", 1, 100, false, false);
        exchange.place(new OrderFact(
                "Y", again.clientOrderId(), MARKET, 1, 5_000, 100, 100, 0, false, false, false, Scenery.START));
        broken(Rule.NO_DUPLICATE, rules::exchangeChanged);
    }

    @Test
    void two_live_entries_of_one_market_are_a_duplicate() {
        sending(entry("e1", 100));
        sending(entry("e2", 100));
        exchange.place(order("e1", 1, 100, false, true));
        rules.exchangeChanged();
        exchange.place(order("e2", 1, 100, false, true));
        broken(Rule.NO_DUPLICATE, rules::exchangeChanged);
    }

    @Test
    void an_order_and_its_replacement_that_ask_for_more_than_was_wanted_are_an_overfill() {
        sending(entry("e1", 200));
        exchange.place(new OrderFact("Xe1", "e1", MARKET, 1, 5_000, 200, 100, 0, false, true, false, Scenery.START));
        rules.exchangeChanged();
        replacing(entry("e2", 200).replacing("e1"));
        exchange.place(order("e2", 1, 100, false, false));
        rules.exchangeChanged();

        replacing(entry("e3", 200).replacing("e1"));
        exchange.place(order("e3", 1, 200, false, false));
        broken(Rule.NO_OVERFILL, rules::exchangeChanged);
    }

    @Test
    void an_order_for_more_than_was_asked_for_is_an_overfill() {
        sending(entry("e1", 100));
        exchange.place(order("e1", 1, 200, false, false));
        broken(Rule.NO_OVERFILL, rules::exchangeChanged);
    }

    @Test
    void an_order_that_fills_for_more_than_it_asked_for_is_an_overfill() {
        sending(entry("e1", 100));
        exchange.place(new OrderFact("Xe1", "e1", MARKET, 1, 5_000, 100, 150, 0, false, false, false, Scenery.START));
        exchange.fill(fill("t1", "Xe1", 150, 150), CASH_E6);
        broken(Rule.NO_OVERFILL, rules::exchangeChanged);
    }

    @Test
    void an_exit_that_turns_the_position_round_is_a_sign_flip() {
        bought(100);
        sending(exit("x1", 300));
        exchange.place(order("x1", -1, 300, true, false));
        exchange.fill(fill("t2", "Xx1", -300, -200), CASH_E6);
        broken(Rule.NO_SIGN_FLIP, rules::exchangeChanged);
    }

    @Test
    void an_order_above_the_limit_breaches_a_cap() {
        sending(entry("e1", 2_600));
        exchange.place(order("e1", 1, 2_600, false, false));
        broken(Rule.NO_CAP_BREACH, rules::exchangeChanged);
    }

    @Test
    void a_position_above_the_limit_breaches_a_cap() {
        sending(entry("e1", 100));
        exchange.place(order("e1", 1, 100, false, false));
        exchange.fill(fill("t1", "Xe1", 100, 10_100), CASH_E6);
        broken(Rule.NO_CAP_BREACH, rules::exchangeChanged);
    }

    @Test
    void more_at_risk_than_allowed_breaches_a_cap() {
        sending(entry("e1", 100));
        exchange.costE6 = CASH_E6 / 5 + 1;
        exchange.place(order("e1", 1, 100, false, false));
        broken(Rule.NO_CAP_BREACH, rules::exchangeChanged);
    }

    @Test
    void a_reconciliation_that_leaves_a_fill_out_has_not_reconciled() {
        sending(entry("e1", 100));
        exchange.place(order("e1", 1, 100, false, false));
        exchange.fill(fill("t1", "Xe1", 100, 100), CASH_E6 - 501_000);
        rules.exchangeChanged();
        rules.recorded(new Command.Reconcile(header("r1")));
        broken(Rule.RECONCILED, () -> rules.done("r1"));
    }

    @Test
    void a_reconciliation_that_changes_what_another_has_done_is_not_idempotent() {
        String before = rules.state();
        book(new LedgerEntry.Deposited("found", 0, Scenery.START));
        broken(Rule.IDEMPOTENT, () -> rules.mustBeTheSame(before, rules.state()));
    }

    @Test
    void another_decision_in_the_replay_breaks_replay() {
        broken(Rule.REPLAY, () -> rules.mustReplay("decision 3 of a life is another one in the replay"));
    }

    @Test
    void cash_that_differs_although_all_is_booked_is_no_balance() {
        bought(100);
        exchange.cashE6 += 1;
        broken(Rule.BALANCE, rules::exchangeChanged);
    }

    private static HttpRequest create(boolean reduceOnly, String side, String count) {
        return new HttpRequest(
                "POST",
                URI.create("http://exchange/trade-api/v2/portfolio/events/orders"),
                Map.of(),
                ("{\"ticker\":\"" + MARKET + "\",\"side\":\"" + side + "\",\"count\":\"" + count + "\",\"reduce_only\":"
                                + reduceOnly + "}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static final LaneState ARMED = new LaneState(true, false, false, 0, 0, 1);

    @Test
    void an_entry_after_the_halt_was_read_defeats_the_kill_switch() {
        rules.requestSent(create(false, "bid", "1.00"), ARMED);
        broken(
                Rule.KILL_SWITCH,
                () -> rules.requestSent(create(false, "bid", "1.00"), new LaneState(true, false, true, 1, 0, 2)));
    }

    @Test
    void an_entry_long_after_the_halt_defeats_the_kill_switch() {
        rules.laneIs(ARMED.halt());
        time.moveTo(time.nowNanos() + 3 * World.SECOND);
        rules.laneIs(ARMED.halt());
        broken(Rule.KILL_SWITCH, () -> rules.requestSent(create(false, "bid", "1.00"), ARMED));
        bought(100);
        rules.requestSent(create(true, "ask", "1.00"), ARMED);
    }

    @Test
    void an_order_that_rests_after_the_kill_switch_said_none_does_defeats_it() {
        exchange.place(order("before", 1, 100, false, true));
        time.moveTo(time.nowNanos() + World.SECOND);
        rules.laneIs(ARMED.halt());

        rules.stopped(true, false);
        broken(Rule.KILL_SWITCH, () -> rules.stopped(true, true));
    }

    @Test
    void what_a_person_orders_beside_it_breaks_no_rule_and_must_be_booked_by_the_next_reconciliation() {
        OrderFact byHand = order(World.BY_HAND + 1, 1, 100, false, true);
        exchange.place(byHand);
        rules.exchangeChanged();
        rules.laneIs(ARMED.halt());
        rules.stopped(true, true);

        rules.recorded(new Command.Reconcile(header("r")));
        exchange.fill(
                new FillFact("t", byHand.orderId(), MARKET, 100, 5_000, 0, 100, time.nowNanos()), CASH_E6 - 500_000);
        rules.exchangeChanged();
        broken(Rule.RECONCILED, () -> rules.done("r"));
    }

    @Test
    void an_entry_on_an_old_book_breaks_the_age_rule() {
        rules.intended(entry("e1", 100), true, time.nowNanos() - 500 * World.MILLI);
        broken(Rule.BOOK_AGE, () -> rules.intended(entry("e2", 100), true, time.nowNanos() - 500 * World.MILLI - 1));
    }

    @Test
    void an_entry_without_a_whole_book_breaks_the_gap_rule_and_an_exit_does_not() {
        rules.intended(exit("x1", 100), false, 0);
        broken(Rule.GAP, () -> rules.intended(entry("e1", 100), false, time.nowNanos()));
    }

    @Test
    void entries_that_leave_nothing_for_cancels_break_the_rate() {
        for (int i = 0; i < 6; i++) {
            rules.requestSent(create(false, "bid", "1.00"), ARMED);
        }
        broken(Rule.RATE, () -> rules.requestSent(create(false, "bid", "1.00"), ARMED));
    }

    @Test
    void more_than_a_hundred_tokens_in_a_second_break_the_rate_also_by_cancels() {
        HttpRequest cancel = new HttpRequest(
                "DELETE", URI.create("http://exchange/trade-api/v2/portfolio/events/orders/X"), Map.of(), new byte[0]);
        for (int i = 0; i < 50; i++) {
            rules.requestSent(cancel, ARMED);
        }
        broken(Rule.RATE, () -> rules.requestSent(cancel, ARMED));
    }

    @Test
    void an_exit_without_reduce_only_is_no_exit() {
        bought(100);
        sending(exit("x1", 100));
        exchange.place(order("x1", -1, 100, false, false));
        broken(Rule.EXITS_REDUCE, rules::exchangeChanged);
    }

    @Test
    void an_exit_for_more_than_is_held_asks_too_much() {
        bought(100);
        rules.requestSent(create(true, "ask", "1.00"), ARMED);
        broken(Rule.EXITS_REDUCE, () -> rules.requestSent(create(true, "ask", "1.01"), ARMED));
    }

    @Test
    void an_exit_of_the_wrong_side_asks_too_much() {
        bought(100);
        broken(Rule.EXITS_REDUCE, () -> rules.requestSent(create(true, "bid", "1.00"), ARMED));
    }

    @Test
    void what_stays_unknown_is_not_live() {
        sending(entry("e1", 100));
        assertThat(rules.isReconciled()).isFalse();
        broken(Rule.LIVENESS, () -> rules.mustBeReconciled(rules.isReconciled()));
    }

    @Test
    void a_resting_entry_is_no_reason_against_an_order_that_rests_until_its_time() {
        Command.PlaceOrder passive = new Command.PlaceOrder(
                header("p1"),
                new OrderTerms(
                        MARKET,
                        World.SHARD,
                        BookSide.BID,
                        4_000,
                        100,
                        TimeInForce.GOOD_TILL_TIME,
                        Scenery.START + 60 * World.SECOND,
                        true,
                        false),
                Command.Purpose.ENTRY,
                new Command.SeenBook(0, 0, 0, 0, 0));
        sending(passive);
        exchange.place(order("p1", 1, 100, false, true));
        rules.exchangeChanged();
        assertThat(rules.orders()).isEqualTo(1);
    }

    /** An exchange's books that say whatever a test wants. */
    private static final class Exchange implements Inspection {
        private final List<OrderFact> orders = new ArrayList<>();
        private final Map<String, OrderFact> byId = new HashMap<>();
        private final List<FillFact> fills = new ArrayList<>();
        private final List<SettlementFact> settlements = new ArrayList<>();
        private long cashE6 = CASH_E6;
        private long costE6;

        void place(OrderFact order) {
            orders.add(order);
            byId.put(order.orderId(), order);
        }

        void fill(FillFact fill, long newCashE6) {
            fills.add(fill);
            cashE6 = newCashE6;
        }

        @Override
        public int orders() {
            return orders.size();
        }

        @Override
        public List<OrderFact> ordersFrom(int first) {
            return orders.subList(first, orders.size());
        }

        @Override
        public List<OrderFact> resting() {
            return orders.stream().filter(OrderFact::isResting).toList();
        }

        @Override
        public OrderFact order(String orderId) {
            OrderFact order = byId.get(orderId);
            if (order == null) {
                throw new IllegalArgumentException("no order " + orderId);
            }
            return order;
        }

        @Override
        public int fills() {
            return fills.size();
        }

        @Override
        public FillFact fill(int number) {
            return fills.get(number);
        }

        @Override
        public int settlements() {
            return settlements.size();
        }

        @Override
        public SettlementFact settlement(int number) {
            return settlements.get(number);
        }

        @Override
        public long costE6() {
            return costE6;
        }

        @Override
        public long cashE6() {
            return cashE6;
        }
    }
}
