package voltage.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import voltage.market.Side;
import voltage.order.BookSide;
import voltage.order.Fill;
import voltage.order.InMemoryLedger;
import voltage.order.Lane;
import voltage.order.LedgerEntry;
import voltage.order.Settlement;

/** A lane's sums: every entry once, in whichever order it happened, and a day that begins without one. */
class LaneBooksTest {
    private static final String M = "KXBTC15M-T";
    private static final long DAY = 86_400 * VirtualTime.SECOND;
    private static final long NOON = 20_000 * DAY + DAY / 2;

    private final InMemoryLedger ledger = new InMemoryLedger();
    private final LaneBooks books = new LaneBooks(ledger, Lane.PAPER);

    private void book(LedgerEntry... entries) {
        ledger.book(Lane.PAPER, List.of(entries));
    }

    private static LedgerEntry deposit(String id, long amountE6, long nanos) {
        return new LedgerEntry.Deposited(id, amountE6, nanos);
    }

    private static LedgerEntry fill(String id, BookSide side, int yesPriceE4, long nanos) {
        return new LedgerEntry.Filled(new Fill(id, "o", M, side, yesPriceE4, 100, 0, true, nanos), "c");
    }

    @Test
    void an_empty_ledger_makes_empty_books_until_its_first_entry() {
        assertThat(books.refresh().isEmpty()).isTrue();
        assertThat(books.equity(NOON).equityE6()).isZero();
        book(deposit("d", 1_000_000, NOON));
        assertThat(books.refresh().isEmpty()).isFalse();
        assertThat(books.equity(NOON).equityE6()).isEqualTo(1_000_000);
    }

    @Test
    void what_another_writer_has_booked_is_read_before_the_next_use_and_once() {
        book(deposit("d", 1_000_000, NOON));
        books.refresh();
        book(fill("t", BookSide.BID, 4_000, NOON + 1));
        assertThat(books.account().positionE2(M)).isZero();
        assertThat(books.refresh().account().positionE2(M)).isEqualTo(100);
        assertThat(books.refresh().account().cashE6()).isEqualTo(600_000);
        assertThat(books.equity(NOON + 2).equityE6()).isEqualTo(1_000_000);
    }

    @Test
    void the_books_begin_with_the_first_entry_whatever_is_booked_later() {
        book(deposit("d", 1_000_000, NOON), fill("t", BookSide.BID, 4_000, NOON + 1), deposit("e", 1, NOON - 1));
        assertThat(books.refresh().firstNanos()).isEqualTo(NOON);
    }

    @Test
    void a_settlement_is_remembered_by_its_market_and_pays_into_the_equity() {
        book(deposit("d", 1_000_000, NOON), fill("t", BookSide.BID, 4_000, NOON + 1));
        Settlement settlement = new Settlement(M, Side.YES, 100, 0, 1_000_000, NOON + 2);
        book(new LedgerEntry.Settled(settlement));
        books.refresh();
        assertThat(books.settlement(M)).isEqualTo(settlement);
        assertThat(books.settlement("OTHER")).isNull();
        assertThat(books.equity(NOON + 2).equityE6()).isEqualTo(1_600_000);
        assertThat(books.equity(NOON + 2).dailyLossE6()).isEqualTo(-600_000);
    }

    @Test
    void a_loss_of_yesterday_is_none_of_today_even_before_anything_is_booked_today() {
        book(
                deposit("d", 1_000_000, NOON),
                fill("t", BookSide.BID, 4_000, NOON + 1),
                fill("u", BookSide.ASK, 1_000, NOON + 2));
        books.refresh();
        assertThat(books.equity(NOON + 3).dailyLossE6()).isEqualTo(300_000);
        assertThat(books.equity(NOON + DAY).dailyLossE6()).isZero();
        assertThat(books.equity(NOON + DAY).drawdownE6()).isEqualTo(300_000);
    }

    @Test
    void an_entry_dated_before_a_midnight_that_has_passed_counts_for_the_new_day() {
        book(deposit("d", 1_000_000, NOON), fill("t", BookSide.BID, 4_000, NOON + 1));
        books.refresh();
        assertThat(books.equity(NOON + DAY).dailyLossE6()).isZero();
        book(fill("u", BookSide.ASK, 1_000, NOON + 2));
        books.refresh();
        assertThat(books.equity(NOON + DAY).dailyLossE6()).isEqualTo(300_000);
        assertThat(books.equity(NOON).dailyLossE6()).isEqualTo(300_000);
    }

    @Test
    void a_deposit_is_no_profit_and_hides_no_loss() {
        book(
                deposit("d", 1_000_000, NOON),
                fill("t", BookSide.BID, 4_000, NOON + 1),
                fill("u", BookSide.ASK, 1_000, NOON + 2),
                deposit("e", 1_000_000, NOON + 3));
        books.refresh();
        assertThat(books.equity(NOON + 4).dailyLossE6()).isEqualTo(300_000);
        assertThat(books.equity(NOON + 4).drawdownE6()).isEqualTo(300_000);
        assertThat(books.equity(NOON + 4).equityE6()).isEqualTo(1_700_000);
    }

    @Test
    void a_process_that_starts_finds_the_peak_that_its_drawdown_is_measured_from() {
        book(
                deposit("d", 1_000_000, NOON),
                fill("t", BookSide.BID, 4_000, NOON + 1),
                fill("u", BookSide.ASK, 9_000, NOON + 2),
                fill("v", BookSide.BID, 4_000, NOON + 3),
                fill("w", BookSide.ASK, 2_000, NOON + 4));
        assertThat(new LaneBooks(ledger, Lane.PAPER).refresh().equity(NOON + 5).drawdownE6())
                .isEqualTo(200_000);
        book(
                fill("x", BookSide.BID, 4_000, NOON + 6),
                new LedgerEntry.Filled(new Fill("y", "o", "OTHER", BookSide.BID, 4_000, 100, 0, true, NOON + 7), "c"),
                new LedgerEntry.Settled(new Settlement(M, Side.YES, 100, 0, 1_000_000, NOON + 8)),
                new LedgerEntry.Settled(new Settlement("OTHER", Side.NO, 100, 0, 0, NOON + 9)));
        assertThat(new LaneBooks(ledger, Lane.PAPER).refresh().equity(NOON + 10).drawdownE6())
                .isEqualTo(400_000);
    }
}
