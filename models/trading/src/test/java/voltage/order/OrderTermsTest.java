package voltage.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voltage.market.Side;

class OrderTermsTest {
    private static OrderTerms terms(int priceE4, long countE2, TimeInForce time, long expires, boolean reduceOnly) {
        return new OrderTerms("M", 2, BookSide.BID, priceE4, countE2, time, expires, false, reduceOnly);
    }

    @Test
    void taking_and_reducing_are_opposite_in_the_yes_book() {
        for (int price = 1; price < 10_000; price += 13) {
            for (Side side : Side.values()) {
                OrderTerms take = OrderTerms.take("M", 2, side, price, 300);
                OrderTerms reduce = OrderTerms.reduce("M", 2, side, price, 300);
                assertThat(take.yesPriceE4()).isEqualTo(side == Side.YES ? price : 10_000 - price);
                assertThat(reduce.yesPriceE4()).isEqualTo(take.yesPriceE4());
                assertThat(take.signedCountE2()).isEqualTo(300L * side.sign());
                assertThat(reduce.signedCountE2()).isEqualTo(-300L * side.sign());
                assertThat(take.reduceOnly()).isFalse();
                assertThat(reduce.reduceOnly()).isTrue();
                assertThat(take.timeInForce()).isEqualTo(TimeInForce.IMMEDIATE_OR_CANCEL);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 10_000, 10_001})
    void a_price_outside_the_dollar_is_no_order_price(int price) {
        assertThatThrownBy(() -> terms(price, 100, TimeInForce.FILL_OR_KILL, 0, false))
                .hasMessageContaining("was " + price);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void an_order_of_nothing_or_less_is_refused(long count) {
        assertThatThrownBy(() -> terms(5_000, count, TimeInForce.FILL_OR_KILL, 0, false))
                .hasMessageContaining("was " + count);
    }

    @Test
    void an_expiry_belongs_to_resting_orders_and_resting_orders_have_one() {
        assertThatThrownBy(() -> terms(5_000, 1, TimeInForce.GOOD_TILL_TIME, 0, false))
                .hasMessageContaining("expiry");
        assertThatThrownBy(() -> terms(5_000, 1, TimeInForce.IMMEDIATE_OR_CANCEL, 5, false))
                .hasMessageContaining("expiry");
        assertThat(terms(5_000, 1, TimeInForce.GOOD_TILL_TIME, 5, false).expiresNanos())
                .isEqualTo(5);
    }

    @Test
    void a_reduction_cannot_rest() {
        assertThatThrownBy(() -> terms(5_000, 1, TimeInForce.GOOD_TILL_TIME, 5, true))
                .hasMessageContaining("reduce-only");
    }
}
