package voltage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static voltage.engine.EngineHarness.CLOSE;
import static voltage.engine.EngineHarness.DAY;
import static voltage.engine.EngineHarness.MINUTE;
import static voltage.engine.EngineHarness.OPEN;
import static voltage.engine.EngineHarness.PRICE_E4;
import static voltage.engine.EngineHarness.SECOND;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import voltage.market.MarketEvent;
import voltage.market.MarketKey;
import voltage.market.TickGrid;
import voltage.market.Venue;
import voltage.order.BookSide;
import voltage.order.Command;
import voltage.order.CommandRecord;
import voltage.order.Fill;
import voltage.order.Lane;
import voltage.order.LedgerEntry;
import voltage.order.OrderTerms;
import voltage.order.RefusalReason;

/** Each gate, violated alone, is the reason; values and thresholds in the gate's own unit. */
class EngineGatesTest {
    private final EngineHarness h = new EngineHarness();

    private static Arguments gate(Gate gate, long value, long threshold, Consumer<EngineHarness> arranged) {
        return Arguments.of(gate, value, threshold, arranged);
    }

    private static void withLoss(EngineHarness h, long deposit, long dollars, long nanos) {
        List<LedgerEntry> entries = new ArrayList<>(List.of(EngineHarness.deposit(deposit)));
        entries.addAll(EngineHarness.lost(dollars, nanos));
        h.ready().load(entries, List.of()).timer().book();
    }

    /** Ten orders of an earlier life in markets that have become known. */
    private static List<Command.PlaceOrder> inherited(EngineHarness h) {
        List<Command.PlaceOrder> orders = new ArrayList<>();
        List<CommandRecord> records = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Command.PlaceOrder order = new Command.PlaceOrder(
                    new Command.Header("old" + i, Lane.PAPER, 1, 2, 0, 0),
                    OrderTerms.take("KXBTC15M-LATER" + i, 2, voltage.market.Side.YES, 5_000, 100),
                    Command.Purpose.ENTRY,
                    new Command.SeenBook(0, 10_000, 0, 0, Long.MAX_VALUE));
            orders.add(order);
            records.add(EngineHarness.unfinished(order));
        }
        h.load(List.of(EngineHarness.deposit(1_000)), records);
        for (Command.PlaceOrder order : orders) {
            MarketKey later = h.keys.of(order.terms().ticker());
            h.list(h.definition(later, OPEN + 60 * MINUTE, OptionalLong.empty(), TickGrid.LINEAR_CENT));
        }
        return orders;
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                gate(Gate.PAUSE, 1, 0, h -> h.ready().lane(true, true, false).book()),
                gate(Gate.HALT, 1, 0, h -> h.ready().lane(true, false, true).book()),
                gate(Gate.HALT, 1, 0, h -> h.ready().lane(false, false, false).book()),
                gate(Gate.DAILY_LOSS, 50_000_000, 50_000_000, h -> withLoss(h, 1_000, 50, OPEN)),
                gate(Gate.DAILY_LOSS_SHARE, 600, 600, h -> withLoss(h, 500, 30, OPEN)),
                gate(Gate.WEEKLY_LOSS_SHARE, 1_500, 1_500, h -> withLoss(h, 1_000, 150, OPEN - DAY)),
                gate(Gate.DRAWDOWN, 2_000, 2_000, h -> withLoss(h, 1_000, 200, OPEN - 7 * DAY)),
                gate(
                        Gate.EXCHANGE_OPEN,
                        1,
                        0,
                        h -> h.ready()
                                .on(new MarketEvent.MarketPaused(List.of(), true, h.now, h.now))
                                .book()),
                gate(
                        Gate.EXCHANGE_OPEN,
                        1,
                        0,
                        h -> h.ready()
                                .on(new MarketEvent.MarketPaused(List.of(h.key), true, h.now, h.now))
                                .book()),
                gate(Gate.EXCHANGE_OPEN, Gate.UNKNOWN, 0, h -> {
                    h.saysStatus = false;
                    h.ready().book();
                }),
                gate(Gate.EXCHANGE_OPEN, Gate.UNKNOWN, 0, h -> {
                    h.ready().pause();
                    h.saysStatus = false;
                    h.seconds(61).resume().book();
                }),
                gate(Gate.MARKET_OPEN, 4, 5, h -> {
                    h.now = OPEN + 4 * SECOND + 999;
                    h.ready().book();
                }),
                gate(
                        Gate.STRIKE_KNOWN,
                        1,
                        0,
                        h -> h.ready()
                                .list(h.definition(h.key, OPEN, OptionalLong.empty(), TickGrid.LINEAR_CENT))
                                .book()),
                gate(Gate.CLOSE_CUTOFF, 59, 60, h -> {
                    h.now = CLOSE - 59 * SECOND;
                    h.ready().book();
                }),
                gate(
                        Gate.BOOK_WHOLE,
                        1,
                        0,
                        h -> h.ready().pause().book().damage().resume().timer()),
                gate(
                        Gate.BOOK_AGE,
                        501,
                        500,
                        h -> h.ready()
                                .pause()
                                .book()
                                .pass(501_000_000)
                                .spot()
                                .resume()
                                .timer()),
                gate(
                        Gate.SPOT_SOURCES,
                        1,
                        2,
                        h -> h.load(EngineHarness.deposit(1_000))
                                .history(0, 100)
                                .list()
                                .quote(Venue.COINBASE, PRICE_E4)
                                .book()),
                gate(
                        Gate.SPOT_AGREEMENT,
                        31,
                        20,
                        h -> h.ready().quote(Venue.KRAKEN, PRICE_E4 + 3_150_000).book()),
                gate(Gate.FORECAST, 1, 0, h -> {
                    h.probability = Double.NaN;
                    h.ready().book();
                }),
                gate(
                        Gate.ATR_REGIME,
                        Gate.UNKNOWN,
                        2_500_000,
                        h -> h.load(EngineHarness.deposit(1_000)).list().spot().book()),
                gate(Gate.SPREAD, 400, 300, h -> h.ready().book(4_600, 5_000, 100_000)),
                gate(Gate.EDGE, -225, 100, h -> {
                    h.probability = 0.5;
                    h.ready().book();
                }),
                gate(Gate.CONVICTION, 1, 0, h -> {
                    h.direction = -1;
                    h.ready().book();
                }),
                gate(Gate.PRICE_FLOOR, 400, 500, h -> {
                    h.probability = 0.3;
                    h.ready().book(300, 9_600, 100_000);
                }),
                gate(Gate.PRICE_CEILING, 9_600, 9_500, h -> {
                    h.probability = 0.9999;
                    h.ready().book(9_500, 400, 100_000);
                }),
                gate(Gate.OPEN_ORDERS, 10, 10, h -> {
                    h.ready();
                    inherited(h);
                    h.pass(2 * SECOND).spot().book();
                }),
                gate(Gate.ORDER_RATE, 10, 10, h -> {
                    h.ready();
                    inherited(h).forEach(order -> h.refused(order, RefusalReason.LATE));
                    h.pass(SECOND - 1).spot().book();
                }),
                gate(Gate.ORDERS_A_MINUTE, 60, 60, h -> {
                    h.ready();
                    for (int round = 0; round < 6; round++) {
                        inherited(h).forEach(order -> h.refused(order, RefusalReason.LATE));
                        h.pass(2 * SECOND);
                    }
                    h.spot().book();
                }),
                gate(Gate.SIZE, 0, 100, h -> h.ready().book(4_800, 5_000, 99)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("violations")
    void a_gate_that_alone_is_violated_is_the_reason_with_its_value_and_threshold(
            Gate gate, long value, long threshold, Consumer<EngineHarness> arranged) {
        arranged.accept(h);
        h.timer();

        Decision decision = h.last();
        assertThat(decision.verdict()).isEqualTo(Verdict.STAY_OUT);
        assertThat(h.firstFailing()).isEqualTo(gate);
        assertThat(decision.gates()).extracting(GateResult::gate).containsExactly(Gate.values());
        assertThat(decision.gates().stream()
                        .filter(result -> result.verdict() == Gate.Verdict.FAIL)
                        .map(GateResult::gate))
                .containsExactly(gate);
        assertThat(h.gate(gate).value()).isEqualTo(value);
        assertThat(h.gate(gate).threshold()).isEqualTo(threshold);
        assertThat(decision.words()).startsWith("We stayed out: ").endsWith(gate.describe(value, threshold));
        assertThat(h.orders()).isEmpty();
    }

    @Test
    void a_word_of_the_exchange_counts_for_a_minute() {
        h.ready().pause();
        h.saysStatus = false;
        h.seconds(60).resume().book();

        assertThat(h.orders()).hasSize(1);
    }

    @Test
    void a_wild_regime_is_stayed_out_of() {
        h.load(EngineHarness.deposit(1_000)).history(0, 5_000).list().spot().book();

        assertThat(h.firstFailing()).isEqualTo(Gate.ATR_REGIME);
        assertThat(h.gate(Gate.ATR_REGIME).value()).isGreaterThan(2_500_000);
    }

    @Test
    void an_hours_trend_against_the_side_stops_it_and_one_with_it_does_not() {
        h.load(EngineHarness.deposit(1_000)).history(-10_000, 100).list().spot().book();
        assertThat(h.firstFailing()).isEqualTo(Gate.TREND);
        assertThat(h.gate(Gate.TREND).value()).isBetween(9_800L, 10_000L);

        EngineHarness rising = new EngineHarness();
        rising.load(EngineHarness.deposit(1_000))
                .history(10_000, 100)
                .list()
                .spot()
                .book();
        assertThat(rising.last().verdict()).isEqualTo(Verdict.ENTER);
    }

    @Test
    void what_other_markets_may_lose_leaves_no_room() {
        Fill other = new Fill("x", "o", "KXBTC15M-OTHER", BookSide.BID, 5_000, 50_000, 0, true, OPEN);
        h.ready()
                .load(EngineHarness.deposit(1_000), new LedgerEntry.Filled(other, "c"))
                .list(h.definition(
                        h.keys.of("KXBTC15M-OTHER"), OPEN + 60 * MINUTE, OptionalLong.empty(), TickGrid.LINEAR_CENT))
                .timer()
                .book();

        assertThat(h.firstFailing()).isEqualTo(Gate.EXPOSURE);
        assertThat(h.gate(Gate.EXPOSURE).value()).as("with one contract more").isEqualTo(250_517_500);
        assertThat(h.gate(Gate.EXPOSURE).threshold()).isEqualTo(200_000_000);
    }

    @Test
    void a_full_exposure_is_told_as_such_and_not_as_a_size() {
        Fill other = new Fill("x", "o", "KXBTC15M-OTHER", BookSide.BID, 5_000, 39_980, 0, true, OPEN);
        h.ready()
                .load(EngineHarness.deposit(1_000), new LedgerEntry.Filled(other, "c"))
                .timer()
                .book();

        assertThat(h.orders()).isEmpty();
        assertThat(h.firstFailing()).isEqualTo(Gate.EXPOSURE);
        assertThat(h.gate(Gate.EXPOSURE).threshold()).isEqualTo(200_000_000);
        assertThat(h.gate(Gate.EXPOSURE).value()).as("199.90 and a contract").isEqualTo(200_417_500);
    }

    @Test
    void a_crossed_or_one_sided_book_is_not_whole() {
        h.ready().book(5_100, 5_000, 100_000);
        assertThat(h.firstFailing()).isEqualTo(Gate.BOOK_WHOLE);

        h.on(new MarketEvent.BookSnapshot(
                h.key, new int[] {4_800}, new long[] {100}, new int[0], new long[0], 9, h.now, h.now));
        assertThat(h.firstFailing()).isEqualTo(Gate.BOOK_WHOLE);
        assertThat(h.orders()).isEmpty();
    }
}
