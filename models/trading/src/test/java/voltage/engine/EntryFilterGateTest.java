package voltage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import voltage.order.Lane;
import voltage.strategy.EntryFeatures;
import voltage.strategy.EntryScreen;
import voltage.strategy.Opinion;

@Timeout(20)
class EntryFilterGateTest {
    /** Answers as it is told. */
    private static final class Says implements EntryScreen {
        private final Mode mode;
        private final int winE4;
        private final List<EntryFeatures> asked = new ArrayList<>();

        private Says(Mode mode, int winE4) {
            this.mode = mode;
            this.winE4 = winE4;
        }

        @Override
        public Mode mode() {
            return mode;
        }

        @Override
        public String version() {
            return "v1";
        }

        @Override
        public int thresholdE4() {
            return 5_500;
        }

        @Override
        public int winE4(EntryFeatures features) {
            asked.add(features);
            return winE4;
        }
    }

    private static EngineHarness run(Lane lane, EntryScreen screen) {
        EngineHarness h = new EngineHarness(lane, screen);
        h.load(EngineHarness.deposit(1_000));
        h.resume();
        return h.history(0, 100).list().spot().forecast("m", 5e-5).book();
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void without_a_filter_entries_go_on_in_every_lane(Lane lane) {
        EngineHarness h = run(lane, EntryScreen.ABSENT);
        assertThat(h.orders()).hasSize(1);
        assertThat(h.gate(Gate.ENTRY_FILTER).verdict()).isEqualTo(Gate.Verdict.PASS);
    }

    @Test
    void a_shadow_says_what_it_would_have_done_and_stops_nothing() {
        EngineHarness h = run(Lane.LIVE, new Says(EntryScreen.Mode.SHADOW, 4_000));
        assertThat(h.orders()).hasSize(1);
        Decision entering = h.decisions.stream()
                .filter(decision -> decision.verdict() == Verdict.ENTER)
                .findFirst()
                .orElseThrow();
        GateResult gate = entering.gates().get(Gate.ENTRY_FILTER.ordinal());
        assertThat(gate.value()).isEqualTo(4_000);
        assertThat(gate.threshold()).isEqualTo(5_500);
        assertThat(gate.verdict()).isEqualTo(Gate.Verdict.NOT_APPLICABLE);
    }

    @Test
    void the_answer_is_kept_with_the_trade() {
        EngineHarness h = run(Lane.PAPER, new Says(EntryScreen.Mode.SHADOW, 4_000));
        h.filled(h.lastOrder());
        h.pass(EngineHarness.CLOSE - h.now)
                .on(new voltage.order.ExecutionReport.Settled(
                        "s", EngineHarness.M, voltage.market.Side.NO, 0, h.now, h.now));
        assertThat(h.trades.getFirst().answer())
                .isEqualTo(new EntryScreen.Answer(EntryScreen.Mode.SHADOW, "v1", 4_000, 5_500));
        assertThat(h.trades.getFirst().answer().passes()).isFalse();
    }

    @Test
    void an_enforcing_filter_stops_what_it_does_not_believe_in() {
        EngineHarness h = run(Lane.PAPER, new Says(EntryScreen.Mode.ENFORCING, 5_499));
        assertThat(h.orders()).isEmpty();
        assertThat(h.firstFailing()).isEqualTo(Gate.ENTRY_FILTER);
        assertThat(h.lastDecision().words())
                .isEqualTo("We stayed out: entry filter gives 54.99 % of a profit (at least 55.00 %)");
        assertThat(run(Lane.PAPER, new Says(EntryScreen.Mode.ENFORCING, 5_500)).orders())
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void a_filter_that_cannot_be_used_stops_real_money_only(Lane lane) {
        for (Says screen :
                List.of(new Says(EntryScreen.Mode.BROKEN, 9_999), new Says(EntryScreen.Mode.ENFORCING, Opinion.NONE))) {
            EngineHarness h = run(lane, screen);
            boolean isRealMoney = lane == Lane.LIVE || lane == Lane.CANARY;
            assertThat(h.orders()).hasSize(isRealMoney ? 0 : 1);
            if (isRealMoney) {
                assertThat(h.firstFailing()).isEqualTo(Gate.ENTRY_FILTER);
            }
        }
    }

    @Test
    void it_is_not_asked_about_entries_that_something_else_stops() {
        Says screen = new Says(EntryScreen.Mode.ENFORCING, 9_000);
        EngineHarness h = new EngineHarness(Lane.PAPER, screen);
        h.ready().pause().book().seconds(3);
        assertThat(screen.asked).isEmpty();
        h.resume().book();
        assertThat(screen.asked).isNotEmpty().allSatisfy(features -> {
            assertThat(features.bookNanos()).isLessThanOrEqualTo(features.atNanos());
            assertThat(features.candleEndNanos()).isLessThanOrEqualTo(features.atNanos());
        });
    }
}
