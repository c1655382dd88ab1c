package voltage.forecast.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.feature.MinuteWindow;

class ForecastInputTest {
    private static final List<VolatilityEvent> EVENTS = VolatilityEvent.grid(List.of(15), List.of(10, 20));

    /** Says the row's first value and its half. */
    private static final class Counting implements EventNet {
        int runs;

        @Override
        public List<VolatilityEvent> events() {
            return EVENTS;
        }

        @Override
        public double[] probabilities(double[] row, MinuteWindow window) {
            runs++;
            return new double[] {row[0], row[0] / 2};
        }
    }

    private static @Nullable MinuteWindow window() {
        long[] closes = LongStream.range(0, MinuteWindow.HISTORY)
                .map(i -> 900_000_000L + i * i)
                .toArray();
        long[] volumes = new long[MinuteWindow.HISTORY];
        Arrays.fill(volumes, 7);
        return MinuteWindow.of(closes, volumes);
    }

    @Test
    void one_run_of_the_net_serves_all_events_of_an_instant() {
        Counting net = new Counting();
        EventModel first = new EventModel.Patched(net, 0);
        EventModel second = new EventModel.Patched(net, 1);
        ForecastInput now = new ForecastInput(new double[] {0.5}, window());

        assertThat(first.probability(now)).isEqualTo(0.5);
        assertThat(second.probability(now)).isEqualTo(0.25);
        assertThat(net.runs).isEqualTo(1);
        assertThat(second.probability(new ForecastInput(new double[] {0.2}, window())))
                .isEqualTo(0.1);
        assertThat(net.runs).isEqualTo(2);
        assertThat(new EventModel.Patched(new Counting(), 0).probability(now)).isEqualTo(0.5);
        assertThat(first.name()).isEqualTo("patchtst");
    }

    @Test
    void without_a_window_a_net_says_nothing() {
        Counting net = new Counting();
        assertThat(new EventModel.Patched(net, 0).probability(new ForecastInput(new double[] {0.5}, null)))
                .isNaN();
        assertThat(net.runs).isZero();
        assertThatThrownBy(() -> new EventModel.Patched(net, 2)).hasMessageContaining("was event number 2");
    }
}
