package voltage.forecast.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventVolatilityTest {
    private static final VolatilityEvent EVENT = VolatilityEvent.of(15, 20);

    static List<Tail> tails() {
        return List.of(Tail.NORMAL, new StudentT(2.5), new StudentT(4), new StudentT(30));
    }

    @Test
    void an_event_of_one_deviation_has_the_probability_of_one_deviation() {
        double volatility = 0.002 / 30;

        assertThat(new EventVolatility(Tail.NORMAL).probability(EVENT, volatility))
                .isCloseTo(0.31731050786, within(1e-6));
    }

    @ParameterizedTest
    @MethodSource("tails")
    void the_implied_volatility_gives_the_probability_back(Tail tail) {
        EventVolatility events = new EventVolatility(tail);
        for (double p : new double[] {1e-9, 1e-4, 0.01, 0.14, 0.26, 0.52, 0.9, 0.999, 1 - 1e-6}) {
            double volatility = events.volatility(EVENT, p);
            assertThat(volatility).isPositive();
            assertThat(events.probability(EVENT, volatility)).isCloseTo(p, within(p * 1e-9));
        }
    }

    @ParameterizedTest
    @MethodSource("tails")
    void a_likelier_event_implies_a_higher_volatility(Tail tail) {
        EventVolatility events = new EventVolatility(tail);
        double before = 0;
        for (double p = 0.005; p < 1; p += 0.005) {
            double volatility = events.volatility(EVENT, p);
            assertThat(volatility).isGreaterThan(before);
            before = volatility;
        }
    }

    @Test
    void what_no_volatility_implies_is_not_a_number() {
        EventVolatility events = new EventVolatility(Tail.NORMAL);

        assertThat(events.volatility(EVENT, 0)).isNaN();
        assertThat(events.volatility(EVENT, 1)).isNaN();
        assertThat(events.volatility(EVENT, Double.NaN)).isNaN();
        assertThat(events.probability(EVENT, 0)).isNaN();
        assertThat(events.probability(EVENT, Double.NaN)).isNaN();
    }

    @ParameterizedTest
    @MethodSource("tails")
    void several_events_of_one_volatility_give_it_back(Tail tail) {
        EventVolatility events = new EventVolatility(tail);
        VolatilityEvent[] grid =
                VolatilityEvent.grid(List.of(5, 15), List.of(10, 15, 20, 30)).toArray(VolatilityEvent[]::new);
        double[] probabilities = new double[grid.length];
        for (int i = 0; i < grid.length; i++) {
            probabilities[i] = events.probability(grid[i], 6e-5);
        }
        assertThat(events.volatility(grid, probabilities)).isCloseTo(6e-5, within(1e-11));

        probabilities[0] = Double.NaN;
        probabilities[3] = 0;
        assertThat(events.volatility(grid, probabilities)).isCloseTo(6e-5, within(1e-11));
    }

    @Test
    void an_event_that_is_all_but_certain_says_little_against_one_that_is_open() {
        EventVolatility events = new EventVolatility(Tail.NORMAL);
        VolatilityEvent[] two = {VolatilityEvent.of(15, 1), VolatilityEvent.of(15, 30)};
        double small = events.volatility(two[0], 0.97);
        double large = events.volatility(two[1], 0.3);

        double both = events.volatility(two, new double[] {0.97, 0.3});

        assertThat(Math.abs(Math.log(both / large))).isLessThan(0.1 * Math.abs(Math.log(both / small)));
    }

    @Test
    void probabilities_of_nothing_are_no_volatility_and_counts_must_agree() {
        EventVolatility events = new EventVolatility(Tail.NORMAL);

        assertThat(events.volatility(new VolatilityEvent[] {EVENT}, new double[] {Double.NaN}))
                .isNaN();
        assertThatThrownBy(() -> events.volatility(new VolatilityEvent[] {EVENT}, new double[0]))
                .hasMessageContaining("1 events, 0");
    }

    @Test
    void the_probability_is_the_share_of_simulated_returns() {
        Random random = new Random(5);
        double volatility = 5e-5;
        int happened = 0;
        int n = 200_000;
        for (int i = 0; i < n; i++) {
            happened += EVENT.happened(volatility * 30 * random.nextGaussian()) ? 1 : 0;
        }
        assertThat(new EventVolatility(Tail.NORMAL).probability(EVENT, volatility))
                .isCloseTo(happened / (double) n, within(0.004));
    }

    @Test
    void an_event_names_its_horizon_and_threshold() {
        assertThat(VolatilityEvent.of(15, 20).name()).isEqualTo("event-15m-20bp");
        assertThat(new VolatilityEvent(60, 125).name()).isEqualTo("event-60m-12.5bp");
        assertThat(VolatilityEvent.grid(List.of(5, 15), List.of(10, 20)))
                .isSorted()
                .extracting(VolatilityEvent::name)
                .containsExactly("event-5m-10bp", "event-5m-20bp", "event-15m-10bp", "event-15m-20bp");
        assertThat(EVENT.threshold()).isEqualTo(0.002);
        assertThat(EVENT.horizonSeconds()).isEqualTo(900);
        assertThatThrownBy(() -> VolatilityEvent.of(0, 20)).hasMessageContaining("was 0 min");
        assertThatThrownBy(() -> VolatilityEvent.of(15, 0)).hasMessageContaining("and 0");
    }

    @Test
    void a_move_up_or_down_beyond_the_threshold_is_the_event_and_one_onto_it_is_not() {
        assertThat(EVENT.happened(0.0020001)).isTrue();
        assertThat(EVENT.happened(-0.0020001)).isTrue();
        assertThat(EVENT.happened(0.002)).isFalse();
        assertThat(EVENT.happened(-0.001)).isFalse();
    }
}
