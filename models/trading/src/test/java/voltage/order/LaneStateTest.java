package voltage.order;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LaneStateTest {
    @ParameterizedTest
    @EnumSource(Lane.class)
    void a_lane_with_real_money_begins_disarmed(Lane lane) {
        LaneState state = LaneState.initial(lane);
        assertThat(state.armed()).isEqualTo(lane == Lane.PAPER || lane == Lane.REPLAY);
        assertThat(state.paused()).isFalse();
        assertThat(state.halted()).isFalse();
        assertThat(state.withLeaseEpoch(7)).isEqualTo(new LaneState(state.armed(), false, false, 0, 7, 0));
    }
}
