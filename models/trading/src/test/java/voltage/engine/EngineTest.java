package voltage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static voltage.engine.EngineHarness.CLOSE;
import static voltage.engine.EngineHarness.M;
import static voltage.engine.EngineHarness.MINUTE;
import static voltage.engine.EngineHarness.OPEN;
import static voltage.engine.EngineHarness.PRICE_E4;
import static voltage.engine.EngineHarness.SECOND;

import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voltage.market.FeeSchedule;
import voltage.market.Feed;
import voltage.market.MarketDefinition;
import voltage.market.MarketEvent;
import voltage.market.MarketKey;
import voltage.market.Side;
import voltage.market.StrikeType;
import voltage.market.TickGrid;
import voltage.market.Venue;
import voltage.order.BookSide;
import voltage.order.Command;
import voltage.order.ExchangeWord;
import voltage.order.ExecutionReport;
import voltage.order.Fill;
import voltage.order.LedgerEntry;
import voltage.order.RefusalReason;
import voltage.strategy.Conviction;

@Timeout(60)
class EngineTest {
    private final EngineHarness h = new EngineHarness();

    @Test
    void an_entry_is_made_once_every_gate_passes() {
        h.ready().book();

        assertThat(h.last().verdict()).isEqualTo(Verdict.ENTER);
        assertThat(h.last().gates()).allMatch(result -> result.verdict() == Gate.Verdict.PASS);
        assertThat(h.orders()).singleElement().satisfies(order -> {
            assertThat(order.purpose()).isEqualTo(Command.Purpose.ENTRY);
            assertThat(order.terms().ticker()).isEqualTo(M);
            assertThat(order.terms().yesPriceE4()).isEqualTo(5_000);
            assertThat(order.terms().bookSide()).isEqualTo(BookSide.BID);
            assertThat(order.terms().countE2())
                    .isEqualTo(h.last().sizing().sentE2())
                    .isPositive();
            assertThat(order.terms().reduceOnly()).isFalse();
            assertThat(order.header().refuseAfterNanos()).isEqualTo(h.now + 1_500_000_000L);
            assertThat(h.last().commandId()).contains(order.id());
        });
    }

    @Test
    void the_no_side_is_bought_where_it_has_the_better_edge() {
        h.probability = 0.33;
        h.ready().book();

        assertThat(h.last().side()).contains(Side.NO);
        assertThat(h.lastOrder().terms().bookSide()).isEqualTo(BookSide.ASK);
        assertThat(h.lastOrder().terms().yesPriceE4()).isEqualTo(4_800);
    }

    @Test
    void no_second_entry_is_made_while_one_is_in_flight() {
        h.ready().book();
        for (int i = 0; i < 50; i++) {
            h.seconds(1).book();
        }

        assertThat(h.orders()).hasSize(1);
        assertThat(h.firstFailing()).isEqualTo(Gate.IN_FLIGHT);
    }

    @Test
    void a_held_position_is_not_added_to_and_stays_on_its_market() {
        h.holding();
        h.seconds(30).book();

        assertThat(h.last().verdict()).isEqualTo(Verdict.HOLD);
        assertThat(h.last().positionE2()).isEqualTo(h.lastOrder().terms().countE2());
        assertThat(h.gate(Gate.HOLDING).verdict()).isEqualTo(Gate.Verdict.FAIL);
        assertThat(h.orders()).hasSize(1);
    }

    @Test
    void the_same_report_twice_changes_nothing() {
        h.ready().book();
        Command.PlaceOrder order = h.lastOrder();
        Fill fill = new Fill("t", "o", M, BookSide.BID, 5_000, 1_000, 100, true, h.now);
        var report = new ExecutionReport.Filled(order.id(), M, "o", List.of(fill), true, h.now, h.now);
        h.on(report);
        long cash = h.engine.account().cashE6();
        h.on(report).on(report);

        assertThat(h.engine.account().cashE6()).isEqualTo(cash);
        assertThat(h.engine.account().positionE2(M)).isEqualTo(1_000);
    }

    @Test
    void an_unknown_outcome_blocks_its_market_and_asks_for_reconciliation_ever_more_rarely() {
        h.ready().book();
        h.on(new ExecutionReport.Unknown(h.lastOrder().id(), M, "time-out", h.now, h.now));
        h.seconds(200).book();

        assertThat(h.orders()).hasSize(1);
        assertThat(h.firstFailing()).isEqualTo(Gate.IN_FLIGHT);
        List<Command.Reconcile> asked = h.commands(Command.Reconcile.class);
        assertThat(asked).hasSizeBetween(3, 7);
        assertThat(gaps(asked)).isSorted();
        assertThat(asked).extracting(Command::id).doesNotHaveDuplicates();
        assertThat(h.statuses).anyMatch(status -> status.text().contains("outcome unknown"));
        assertThat(h.statuses).anyMatch(status -> status.text().contains("still without an outcome"));
    }

    private static List<Long> gaps(List<? extends Command> commands) {
        return IntStream.range(1, commands.size())
                .mapToObj(i -> commands.get(i).header().decidedNanos()
                        - commands.get(i - 1).header().decidedNanos())
                .toList();
    }

    @Test
    void an_entry_that_comes_back_refused_is_not_repeated_on_every_tick() {
        h.ready().book();
        for (int i = 0; i < 600; i++) {
            Command.PlaceOrder order = h.lastOrder();
            h.refused(order, RefusalReason.EXCHANGE_REJECTED)
                    .pass(100_000_000)
                    .spot()
                    .book();
            if (i % 10 == 0) {
                h.timer();
            }
        }
        assertThat(h.orders()).hasSizeBetween(3, 7);
        assertThat(gaps(h.orders())).isSorted();
        assertThat(h.firstFailing()).isEqualTo(Gate.COOLDOWN);
    }

    @Test
    void a_position_that_lost_its_share_of_equity_is_sold_at_once_and_only_reduced() {
        h.holdingMuch();
        h.fall();

        Command.PlaceOrder exit = h.lastOrder();
        assertThat(exit.purpose()).isEqualTo(Command.Purpose.STOP);
        assertThat(exit.terms().reduceOnly()).isTrue();
        assertThat(exit.terms().bookSide()).isEqualTo(BookSide.ASK);
        assertThat(exit.terms().countE2()).isEqualTo(h.engine.account().positionE2(M));
        assertThat(exit.terms().yesPriceE4()).isEqualTo(200);
        assertThat(exit.header().refuseAfterNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void a_position_of_normal_size_is_stopped_when_three_quarters_of_what_it_cost_are_lost() {
        h.direction = 1;
        h.hasNeutral = true;
        h.holding();
        assertThat(h.decisions)
                .filteredOn(decision -> decision.verdict() == Verdict.ENTER)
                .extracting(Decision::conviction)
                .containsExactly(Conviction.NORMAL);
        // 50 cents and a fee of 1.75: three quarters are 38.81. At 14 the loss with the fee of leaving is 38.59, at 13
        // it is 39.54.
        h.seconds(1).book(1_400, 8_400, 100_000);
        assertThat(h.orders()).hasSize(1);

        h.seconds(1).book(1_300, 8_500, 100_000);
        assertThat(h.lastOrder().purpose()).isEqualTo(Command.Purpose.STOP);
        assertThat(h.engine.equityE6()).as("long before 2 % of equity").isGreaterThan(980_000_000L);
    }

    @Test
    void no_position_is_stopped_by_the_spread_that_it_was_bought_across() {
        h.probability = 0.3;
        h.ready().book(200, 9_500, 100_000);
        assertThat(h.lastOrder().terms().yesPriceE4()).isEqualTo(500);
        h.filled(h.lastOrder()).seconds(1).book(200, 9_500, 100_000);

        assertThat(h.last().verdict()).isEqualTo(Verdict.HOLD);
        h.seconds(1).book(100, 9_600, 100_000);
        assertThat(h.lastOrder().purpose()).isEqualTo(Command.Purpose.STOP);
    }

    @Test
    void an_exit_is_possible_while_entries_are_paused_or_halted() {
        h.holdingMuch();
        h.lane(true, true, true).fall();

        assertThat(h.lastOrder().purpose()).isEqualTo(Command.Purpose.STOP);
    }

    @Test
    void a_book_that_is_quiet_for_long_holds_no_exit_back() {
        h.holding();
        h.seconds(1).pause().book(4_800, 5_000, 100_000);
        h.probability = 0.02;
        while (h.now < CLOSE - 90 * SECOND) {
            h.seconds(1);
        }
        assertThat(h.lastOrder().purpose()).isEqualTo(Command.Purpose.EXPIRY_GUARD);
    }

    @Test
    void a_damaged_book_or_one_whose_polling_ended_is_not_sold_into() {
        h.holdingMuch();
        h.seconds(1).damage();
        h.seconds(5);
        assertThat(h.orders()).hasSize(1);

        h.fall();
        h.refused(h.lastOrder(), RefusalReason.EXCHANGE_REJECTED);
        assertThat(h.orders()).hasSize(2);
        h.polledBook(500, 9_300).on(new MarketEvent.FeedChanged(Feed.KALSHI_REST, false, h.now, h.now));
        h.seconds(10);
        assertThat(h.orders()).hasSize(2);
        h.polledBook(500, 9_300);
        assertThat(h.orders()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_pause_uses_up_no_attempt_to_leave(boolean isWholeExchange) {
        List<MarketKey> paused = isWholeExchange ? List.of() : List.of(h.key);
        h.holdingMuch();
        refuseExits(4);
        int before = h.orders().size();
        h.isExchangePaused = isWholeExchange;
        h.on(new MarketEvent.MarketPaused(paused, true, h.now, h.now));
        for (int i = 0; i < 120; i++) {
            h.fall();
        }
        assertThat(h.orders()).hasSize(before);

        h.isExchangePaused = false;
        h.on(new MarketEvent.MarketPaused(paused, false, h.now, h.now));
        refuseExits(100);
        assertThat(h.orders()).as("all five attempts again").hasSize(before + 5);
    }

    @Test
    void a_pause_that_the_exchange_last_told_of_long_ago_stops_no_exit() {
        h.holdingMuch();
        h.isExchangePaused = true;
        h.seconds(1);
        h.saysStatus = false;
        h.fall().seconds(59);
        assertThat(h.orders()).hasSize(1);
        h.seconds(1);
        assertThat(h.lastOrder().purpose()).isEqualTo(Command.Purpose.STOP);
    }

    /** So many seconds, in each of which an exit that was tried is refused. */
    private void refuseExits(int seconds) {
        for (int i = 0; i < seconds; i++) {
            int before = h.orders().size();
            h.fall();
            if (h.orders().size() > before) {
                h.refused(h.lastOrder(), RefusalReason.EXCHANGE_REJECTED);
            }
        }
    }

    @Test
    void exit_attempts_are_backed_off_bounded_and_end_in_one_alert() {
        h.holdingMuch();
        for (int i = 0; i < 300; i++) {
            h.fall();
            Command.PlaceOrder last = h.lastOrder();
            if (last.purpose() == Command.Purpose.STOP) {
                h.refused(last, RefusalReason.EXCHANGE_REJECTED);
            }
        }
        List<Command.PlaceOrder> exits =
                h.orders().stream().filter(order -> order.purpose().isExit()).toList();
        assertThat(exits).hasSize(5);
        assertThat(gaps(exits)).isSorted();
        assertThat(h.statuses)
                .filteredOn(status -> status.text().contains("last of 5 attempts to leave"))
                .hasSize(1);
    }

    @Test
    void close_to_expiry_a_position_worth_more_sold_than_held_is_sold() {
        h.holding();
        h.probability = 0.02;
        h.now = CLOSE - 91 * SECOND;
        h.spot().timer().book(4_800, 5_000, 100_000);
        assertThat(h.orders()).hasSize(1);

        h.seconds(1).book(4_800, 5_000, 100_000);
        assertThat(h.lastOrder().purpose()).isEqualTo(Command.Purpose.EXPIRY_GUARD);
    }

    @Test
    void no_exit_is_sent_in_the_last_three_seconds() {
        h.holdingMuch();
        h.now = CLOSE - 3 * SECOND;
        h.spot().timer().book(500, 9_300, 100_000);

        assertThat(h.orders()).hasSize(1);
    }

    @Test
    void a_signal_exit_waits_for_three_whole_candles_after_the_entry() {
        h.now = OPEN + MINUTE + 10 * SECOND;
        h.holding();
        h.direction = -1;
        h.probability = 0.2;
        while (h.now < OPEN + 5 * MINUTE - SECOND) {
            h.seconds(1).book();
            assertThat(h.orders()).hasSize(1);
        }
        h.seconds(1).book();

        assertThat(h.lastOrder().purpose()).isEqualTo(Command.Purpose.SIGNAL_EXIT);
    }

    @Test
    void a_restart_does_not_forget_when_the_position_was_entered() {
        h.now = OPEN + 70 * SECOND;
        Fill fill = new Fill("t", "o", M, BookSide.BID, 5_000, 1_000, 0, true, h.now - SECOND);
        h.ready().load(EngineHarness.deposit(1_000), new LedgerEntry.Filled(fill, "c"));
        h.direction = -1;
        h.probability = 0.2;
        while (h.now < OPEN + 5 * MINUTE - SECOND) {
            h.seconds(1).book();
            assertThat(h.orders()).isEmpty();
        }
        h.seconds(1).book();
        assertThat(h.lastOrder().purpose()).isEqualTo(Command.Purpose.SIGNAL_EXIT);
    }

    @Test
    void after_an_exit_entries_pause_for_the_cooldown() {
        h.holdingMuch();
        h.fall();
        h.filled(h.lastOrder());
        h.seconds(1).book();
        assertThat(h.firstFailing()).isEqualTo(Gate.COOLDOWN);
        assertThat(h.gate(Gate.COOLDOWN).value()).isEqualTo(89);

        h.seconds(88).book();
        assertThat(h.orders()).hasSize(2);
        h.seconds(1).book();
        assertThat(h.orders()).hasSize(3);
    }

    @Test
    void three_exits_within_a_minute_quarantine_the_market_for_good() {
        h.holdingMuch();
        for (int i = 0; i < 3; i++) {
            if (i > 0) {
                foundByReconciliation(i);
            }
            h.seconds(4).fall();
            assertThat(h.lastOrder().purpose()).isEqualTo(Command.Purpose.STOP);
            h.filled(h.lastOrder());
        }
        h.seconds(200).book();

        assertThat(h.gate(Gate.QUARANTINE).verdict()).isEqualTo(Gate.Verdict.FAIL);
        assertThat(h.gate(Gate.COOLDOWN).verdict()).isEqualTo(Gate.Verdict.PASS);
        assertThat(h.gate(Gate.QUARANTINE).value()).isEqualTo(3);
        assertThat(h.gate(Gate.QUARANTINE).threshold()).isEqualTo(3);
    }

    /** A position that no cooldown keeps away. */
    private void foundByReconciliation(int n) {
        Fill fill = new Fill("found" + n, "o", M, BookSide.BID, 5_000, 2_500, 0, true, h.now);
        h.on(new ExecutionReport.Corrected("", M, List.of(fill), "found", h.now, h.now));
    }

    @Test
    void a_settlement_is_asked_for_ever_more_rarely_until_it_is_there() {
        h.holding();
        h.now = CLOSE;
        h.on(new MarketEvent.MarketSettled(h.key, h.now, h.now));
        h.seconds(900);

        List<Command.Settle> asked = h.commands(Command.Settle.class);
        assertThat(asked).hasSizeBetween(10, 25);
        assertThat(gaps(asked)).isSorted();
        assertThat(gaps(asked).getLast()).isEqualTo(64 * SECOND);
        assertThat(h.statuses)
                .filteredOn(status -> status.text().contains("not settled 10 minutes"))
                .hasSize(1);

        long cash = h.engine.account().cashE6();
        long revenue = h.engine.account().positionE2(M) * 10_000;
        var settled = new ExecutionReport.Settled("s", M, Side.YES, revenue, h.now, h.now);
        h.on(settled).on(settled).seconds(300);
        assertThat(h.engine.account().cashE6()).isEqualTo(cash + revenue);
        assertThat(h.commands(Command.Settle.class)).hasSameSizeAs(asked);
    }

    @Test
    void a_market_that_becomes_final_is_asked_for_at_once_however_often_it_was_asked_for_too_early() {
        h.holding();
        h.now = CLOSE + 59 * SECOND;
        h.seconds(70);
        int before = h.commands(Command.Settle.class).size();
        h.pass(SECOND).on(new MarketEvent.MarketSettled(h.key, h.now, h.now));

        assertThat(before).isGreaterThan(3);
        assertThat(h.commands(Command.Settle.class)).hasSize(before + 1);
        h.pass(SECOND).on(new MarketEvent.MarketSettled(h.key, h.now, h.now));
        assertThat(h.commands(Command.Settle.class)).hasSize(before + 1);
    }

    @Test
    void a_settlement_is_asked_for_though_the_exchange_never_announced_it() {
        h.holding();
        h.now = CLOSE + 59 * SECOND;
        h.timer();
        assertThat(h.commands(Command.Settle.class)).isEmpty();
        h.seconds(1);
        assertThat(h.commands(Command.Settle.class)).hasSize(1);
    }

    @Test
    void a_damaged_book_stops_entries_until_the_next_snapshot() {
        h.ready().damage().book().damage();
        EngineHarness other = new EngineHarness();
        other.ready()
                .pause()
                .book()
                .damage()
                .resume()
                .delta(Side.YES, 4_800, 100)
                .timer();
        assertThat(other.orders()).isEmpty();
        assertThat(other.firstFailing()).isEqualTo(Gate.BOOK_WHOLE);

        other.book();
        assertThat(other.orders()).hasSize(1);
    }

    @Test
    void a_change_that_cannot_be_asks_for_a_new_book() {
        h.ready().pause().book().delta(Side.YES, 4_800, -100_001);
        assertThat(h.booksNeeded).containsExactly(h.key);

        h.book().delta(Side.NO, 4_850, 1);
        assertThat(h.booksNeeded).containsExactly(h.key, h.key);
        assertThat(h.firstFailing()).isEqualTo(Gate.PAUSE);
    }

    @Test
    void a_new_price_grid_asks_for_a_new_book() {
        h.ready().pause().book();
        h.list(h.definition(h.key, OPEN, OptionalLong.of(PRICE_E4), TickGrid.LINEAR_CENT));
        assertThat(h.booksNeeded).isEmpty();
        h.list(h.definition(h.key, OPEN, OptionalLong.of(PRICE_E4), TickGrid.TAPERED_DECI_CENT));
        assertThat(h.booksNeeded).containsExactly(h.key);
    }

    @Test
    void decisions_come_once_a_second_and_when_something_changes_only() {
        h.ready().pause().book().timer();
        int before = h.decisions.size();
        for (int i = 0; i < 100; i++) {
            h.pass(1_000_000).delta(Side.YES, 4_700, 1);
        }
        assertThat(h.decisions).hasSize(before);

        h.pass(SECOND).timer();
        assertThat(h.decisions).hasSize(before + 1);
        h.spot().resume().book();
        assertThat(h.decisions).hasSize(before + 2);
        assertThat(h.decisions).extracting(Decision::sequence).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void what_the_ledger_holds_is_known_after_loading_and_counts_at_cost_before_its_market_is_listed() {
        Fill fill = new Fill("t", "o", M, BookSide.ASK, 7_000, 1_000, 0, true, h.now - MINUTE);
        h.load(EngineHarness.deposit(1_000), new LedgerEntry.Filled(fill, "c")).timer();
        assertThat(h.engine.account().positionE2(M)).isEqualTo(-1_000);
        assertThat(h.engine.equityE6()).isEqualTo(1_000_000_000L);

        h.history(0, 100).list().spot().book().timer();
        assertThat(h.last().verdict()).isEqualTo(Verdict.HOLD);
        assertThat(h.last().positionE2()).isEqualTo(-1_000);
        assertThat(h.engine.equityE6()).isEqualTo(1_000_000_000L - 3_000_000 + 5_000_000);
    }

    @Test
    void an_order_of_an_earlier_life_blocks_its_market_until_its_end_is_known() {
        EngineHarness earlier = new EngineHarness();
        earlier.ready().book();
        Command.PlaceOrder order = earlier.lastOrder();
        h.load(List.of(EngineHarness.deposit(1_000)), List.of(EngineHarness.unfinished(order)));
        h.history(0, 100).list().spot().book().timer();
        assertThat(h.orders()).isEmpty();
        assertThat(h.firstFailing()).isEqualTo(Gate.IN_FLIGHT);
        assertThat(h.commands(Command.Reconcile.class)).hasSize(1);

        h.filled(order);
        assertThat(h.last().verdict()).isEqualTo(Verdict.HOLD);
    }

    @Test
    void a_market_of_another_series_does_not_exist_for_the_engine() {
        MarketDefinition foreign = new MarketDefinition(
                h.keys.of("KXETH15M-26NOV181215-15"),
                "KXETH15M-26NOV181215",
                "KXETH15M",
                StrikeType.GREATER_OR_EQUAL,
                OptionalLong.of(30_000_000),
                OptionalLong.empty(),
                OPEN,
                CLOSE,
                TickGrid.LINEAR_CENT,
                FeeSchedule.QUADRATIC,
                2);
        h.ready().list(foreign).seconds(3).book();

        assertThat(h.decisions).extracting(Decision::ticker).containsOnly(M);
        assertThat(h.last().spotE4()).as("no basis from it").isEqualTo(PRICE_E4);
    }

    @Test
    void a_paused_lane_goes_on_where_it_was_when_resumed() {
        h.ready().pause().book();
        assertThat(h.orders()).isEmpty();
        h.resume().book();
        assertThat(h.orders()).hasSize(1);
    }

    private record FillTold(String tradeId, String ticker, long exchangeNanos, long receivedNanos)
            implements ExchangeWord.OfFill {}

    private record PositionTold(String ticker, long positionE2, long exchangeNanos, long receivedNanos)
            implements ExchangeWord.OfPosition {}

    @Test
    void a_fill_that_no_report_explains_is_reconciled_with_one_alert_and_a_bound() {
        h.ready().pause().on(new FillTold("stray", M, h.now, h.now));
        h.seconds(9);
        assertThat(h.commands(Command.Reconcile.class)).isEmpty();
        h.seconds(1);
        assertThat(h.commands(Command.Reconcile.class)).hasSize(1);
        assertThat(h.statuses).singleElement().satisfies(status -> {
            assertThat(status.level()).isEqualTo(EngineOutput.Status.Level.ALERT);
            assertThat(status.text()).contains("fill that no report explains");
        });

        h.seconds(500);
        assertThat(h.commands(Command.Reconcile.class)).hasSize(3);
        assertThat(gaps(h.commands(Command.Reconcile.class))).containsOnly(30 * SECOND);
        assertThat(h.statuses).hasSize(1);
    }

    @Test
    void what_the_reports_explain_in_time_is_no_reason_to_reconcile() {
        h.ready().book();
        Command.PlaceOrder order = h.lastOrder();
        long count = order.terms().countE2();
        h.on(new FillTold("t0", M, h.now, h.now)).on(new PositionTold(M, count, h.now, h.now));
        h.seconds(2).filled(order);
        h.seconds(60);

        assertThat(h.engine.account().positionE2(M)).isEqualTo(count);
        assertThat(h.commands(Command.Reconcile.class)).isEmpty();
    }

    @Test
    void a_position_that_contradicts_the_account_is_reconciled_until_it_has_been() {
        h.ready().pause().on(new PositionTold(M, 700, h.now, h.now));
        for (int i = 0; i < 5; i++) {
            h.seconds(2).on(new PositionTold(M, 700, h.now, h.now));
        }
        h.seconds(1);
        assertThat(h.commands(Command.Reconcile.class)).hasSize(1);
        assertThat(h.statuses).anyMatch(status -> status.text().contains("says we hold 700 hundredths, the account 0"));

        Fill fill = new Fill("found", "o", M, BookSide.BID, 5_000, 700, 0, true, h.now);
        h.on(new ExecutionReport.Corrected("", M, List.of(fill), "found", h.now, h.now));
        h.seconds(300);
        assertThat(h.commands(Command.Reconcile.class)).hasSize(1);
    }

    @Test
    void a_key_that_is_not_accepted_halts_the_lane_each_time_anew() {
        h.ready().book();
        h.refused(h.lastOrder(), RefusalReason.NOT_AUTHORISED);
        assertThat(h.engine.laneState().halted()).isTrue();
        assertThat(h.firstFailing()).isEqualTo(Gate.HALT);

        h.resume().seconds(5).book();
        assertThat(h.orders()).hasSize(2);
        h.refused(h.lastOrder(), RefusalReason.NOT_AUTHORISED);
        assertThat(h.engine.laneState().halted()).isTrue();
    }

    @Test
    void a_determined_market_is_not_entered() {
        h.ready()
                .on(new MarketEvent.MarketDetermined(h.key, Side.YES, h.now, h.now))
                .book();

        assertThat(h.orders()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void the_same_events_give_the_same_decisions_byte_for_byte(long seed) {
        EngineHarness one = wild(seed);
        EngineHarness other = wild(seed);

        assertThat(one.decisions).hasSizeGreaterThan(500);
        assertThat(digest(other)).isEqualTo(digest(one)).isNotEqualTo(digest(wild(seed + 100)));
        assertThat(other.commands).isEqualTo(one.commands);
        assertThat(one.commands).extracting(Command::id).doesNotHaveDuplicates();
    }

    private static String digest(EngineHarness harness) {
        DecisionDigest digest = new DecisionDigest();
        harness.decisions.forEach(digest::add);
        return digest.value();
    }

    private static EngineHarness wild(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        EngineHarness h = new EngineHarness();
        h.ready();
        int answered = 0;
        for (int i = 0; i < 8_000; i++) {
            h.pass(random.nextLong(200_000_000));
            h.probability = random.nextInt(30) == 0 ? random.nextDouble() : h.probability;
            h.direction = random.nextInt(20) == 0 ? random.nextInt(-1, 2) : h.direction;
            long price = PRICE_E4 + random.nextLong(-500_000, 500_000);
            switch (random.nextInt(10)) {
                case 0 -> h.timer();
                case 1 -> h.quote(Venue.KRAKEN, price);
                case 2 -> h.quote(Venue.COINBASE, price);
                case 3 -> {
                    int bid = random.nextInt(2, 95) * 100;
                    h.book(bid, 9_800 - bid, random.nextLong(50, 100_000));
                }
                case 4 -> h.on(new MarketEvent.SpotTrade(Venue.KRAKEN, i, price, 10, h.now, h.now));
                case 5 -> {
                    if (random.nextInt(20) == 0) {
                        h.damage();
                    }
                }
                case 6 -> {
                    if (answered < h.orders().size()) {
                        Command.PlaceOrder order = h.orders().get(answered++);
                        if (random.nextInt(3) == 0) {
                            h.refused(order, RefusalReason.LATE);
                        } else {
                            h.filled(order);
                        }
                    }
                }
                default -> h.delta(random.nextBoolean() ? Side.YES : Side.NO, 100, random.nextLong(0, 50));
            }
            long held = h.engine.account().positionE2(M);
            long flying = h.orders().stream()
                    .skip(answered)
                    .filter(order -> order.purpose() == Command.Purpose.ENTRY)
                    .count();
            assertThat(flying).isLessThanOrEqualTo(held == 0 ? 1 : 0);
            assertThat(h.orders().size() - answered).isLessThanOrEqualTo(1);
        }
        return h;
    }

    @Test
    void a_market_is_let_go_an_hour_after_close_unless_it_owes_us_a_settlement() {
        h.ready().book();
        Command.PlaceOrder held = h.lastOrder();
        for (int i = 1; i <= 40; i++) {
            MarketKey other = h.keys.of("KXBTC15M-OTHER-" + i);
            h.list(h.definition(other, OPEN, OptionalLong.of(PRICE_E4), TickGrid.LINEAR_CENT));
        }
        h.timer();
        assertThat(h.engine.markets()).isEqualTo(41);

        h.pass(CLOSE - h.now + 60 * MINUTE - SECOND).timer();
        assertThat(h.engine.markets()).isEqualTo(41);
        h.pass(SECOND).timer();
        assertThat(h.engine.markets())
                .as("the one whose order has no outcome yet")
                .isEqualTo(1);

        h.refused(held, RefusalReason.LATE).pass(SECOND).timer();
        assertThat(h.engine.markets()).isZero();
    }
}
