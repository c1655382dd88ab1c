package voltage.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import voltage.lambda.execution.Exchange.OrderStatus;
import voltage.lambda.execution.Exchange.OrderView;
import voltage.market.FeeSchedule;
import voltage.order.Account;
import voltage.order.BookSide;
import voltage.order.Fill;
import voltage.order.LedgerEntry;

/** What resting orders bind of the cash: the cost of what they would open, to the last unit. */
class BoundCashTest {
    private static final String M = "KXBTC15M-T";

    private final Account account = new Account();

    private static OrderView rests(String ticker, BookSide side, int yesPriceE4, long countE2) {
        return new OrderView("o", "c", ticker, side, yesPriceE4, OrderStatus.RESTING, 0, countE2);
    }

    private void hold(String ticker, BookSide side, long countE2) {
        account.apply(new LedgerEntry.Filled(
                new Fill("t-" + ticker + side, "o", ticker, side, 5_000, countE2, 0, true, 1), "c"));
    }

    private long boundE6(OrderView... resting) {
        return BoundCash.boundE6(List.of(resting), account);
    }

    @Test
    void a_bid_binds_its_price_and_an_ask_what_is_left_of_the_dollar() {
        assertThat(boundE6()).isZero();
        assertThat(boundE6(rests(M, BookSide.BID, 3_000, 200))).isEqualTo(600_000);
        assertThat(boundE6(rests(M, BookSide.ASK, 3_000, 200))).isEqualTo(1_400_000);
        assertThat(boundE6(rests(M, BookSide.BID, 3_000, 200), rests(M, BookSide.ASK, 3_000, 200)))
                .isEqualTo(2_000_000);
    }

    @Test
    void what_an_order_would_close_binds_nothing_and_the_rest_of_it_does() {
        hold(M, BookSide.BID, 150);
        assertThat(boundE6(rests(M, BookSide.ASK, 3_000, 150))).isZero();
        assertThat(boundE6(rests(M, BookSide.ASK, 3_000, 200))).isEqualTo(350_000);
        assertThat(boundE6(rests(M, BookSide.BID, 3_000, 200))).isEqualTo(600_000);
    }

    @Test
    void orders_of_one_market_and_side_share_what_they_may_close_the_dearest_first() {
        hold(M, BookSide.ASK, 500);
        OrderView cheap = rests(M, BookSide.BID, 4_000, 300);
        OrderView dear = rests(M, BookSide.BID, 6_000, 300);
        assertThat(boundE6(cheap, dear)).isEqualTo(400_000);
        assertThat(boundE6(dear, cheap)).isEqualTo(400_000);
        assertThat(boundE6(dear, cheap, rests(M, BookSide.BID, 1_000, 100))).isEqualTo(500_000);
    }

    @Test
    void what_one_market_may_close_helps_no_other_market() {
        hold(M, BookSide.ASK, 500);
        hold("KXBTC15M-OTHER", BookSide.ASK, 100);
        assertThat(boundE6(rests(M, BookSide.BID, 4_000, 500), rests("KXBTC15M-OTHER", BookSide.BID, 4_000, 300)))
                .isEqualTo(800_000);
    }

    @Test
    void each_order_may_bind_the_takers_fee_and_one_unit_of_rounding() {
        FeeSchedule fees = FeeSchedule.QUADRATIC;
        assertThat(BoundCash.feesE6(List.of(), fees)).isZero();
        // 0.07 × 2 × 0.3 × 0.7, and 0.07 × 1 × 0.25, each with 100 micro-dollars.
        assertThat(BoundCash.feesE6(
                        List.of(rests(M, BookSide.BID, 3_000, 200), rests(M, BookSide.ASK, 5_000, 100)), fees))
                .isEqualTo(29_400 + 100 + 17_500 + 100);
    }
}
