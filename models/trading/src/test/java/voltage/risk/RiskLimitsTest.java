package voltage.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voltage.market.TradedSeries;

class RiskLimitsTest {
    /** The smallest limits that are any; each field in turn one below them. */
    private static RiskLimits limits(int field, long value) {
        long[] v = {1, 1, 1, 1, 1, 1, 1, 1, 0};
        v[field] = value;
        return new RiskLimits(
                v[0],
                v[1],
                (int) v[2],
                v[3],
                (int) v[4],
                (int) v[5],
                (int) v[6],
                (int) v[7],
                OrderFlowLimits.DEFAULT,
                v[8],
                TradedSeries.BITCOIN);
    }

    private static OrderFlowLimits flow(int field, long value) {
        long[] v = {1, 1, 1, 1, 1, 0};
        v[field] = value;
        return new OrderFlowLimits((int) v[0], (int) v[1], (int) v[2], (int) v[3], (int) v[4], v[5]);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void every_limit_is_above_zero(int field) {
        assertThat(limits(field, 1)).isNotNull();
        assertThatThrownBy(() -> limits(field, 0)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> limits(field, -1)).hasMessageContaining("above 0");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 7})
    void a_share_is_at_most_the_whole(int field) {
        assertThat(limits(field, 10_000)).isNotNull();
        assertThatThrownBy(() -> limits(field, 10_001)).hasMessageContaining("10001");
    }

    @Test
    void a_cutoff_may_be_nothing_but_not_less() {
        assertThat(limits(8, 0).closeCutoffNanos()).isZero();
        assertThatThrownBy(() -> limits(8, -1)).hasMessageContaining("cutoff -1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void every_limit_of_the_flow_is_above_zero(int field) {
        assertThat(flow(field, 1)).isNotNull();
        assertThatThrownBy(() -> flow(field, 0)).hasMessageContaining("above 0");
    }

    @Test
    void a_minute_allows_no_less_than_a_second_and_repetition_may_be_switched_off_but_not_be_negative() {
        assertThatThrownBy(() -> flow(0, 2)).hasMessageContaining("2 a second, 1 a minute");
        assertThat(flow(5, 0).repeatNanos()).isZero();
        assertThatThrownBy(() -> flow(5, -1)).hasMessageContaining("repeat -1");
    }

    @Test
    void the_exchanges_own_limit_holds_a_minutes_orders_and_all_that_rest_in_whole_contracts() {
        assertThat(RiskLimits.DEFAULT.groupLimitE2()).isEqualTo(175_000);
        // One order a minute and one open, of 0.01 each: 0.02, and a whole contract is the least.
        assertThat(limits(0, 1).withFlow(flow(0, 1)).groupLimitE2()).isEqualTo(100);
        assertThat(limits(0, 75).withFlow(flow(0, 1)).groupLimitE2()).isEqualTo(200);
        assertThat(limits(0, Long.MAX_VALUE).groupLimitE2()).isEqualTo(100_000_000);
    }

    @Test
    void the_exchanges_own_limit_is_cut_to_what_exchanges_take_and_not_before() {
        OrderFlowLimits many = flow(1, 6_999);
        // 7 000 orders: 14 285 of a hundredth each are the most that fit.
        assertThat(limits(0, 14_285).withFlow(many).groupLimitE2()).isEqualTo(99_995_000);
        assertThat(limits(0, 14_286).withFlow(many).groupLimitE2()).isEqualTo(100_000_000);
        assertThat(limits(0, 20_000).withFlow(many).groupLimitE2()).isEqualTo(100_000_000);
    }

    @Test
    void another_flow_leaves_every_other_limit_as_it_was() {
        RiskLimits limits = RiskLimits.DEFAULT.withFlow(flow(0, 1));
        assertThat(limits.flow()).isEqualTo(flow(0, 1));
        assertThat(limits.withFlow(OrderFlowLimits.DEFAULT)).isEqualTo(RiskLimits.DEFAULT);
    }
}
