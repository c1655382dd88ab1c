package voltage.worker.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import voltage.worker.dashboard.DashboardSnapshot.EquityPoint;

class EquityCurveTest {
    private final EquityCurve curve = new EquityCurve();

    @Test
    void a_short_run_is_kept_as_it_was() {
        curve.add(10, 1);
        curve.add(11, 2);
        curve.add(15, 3);

        assertThat(curve.points())
                .containsExactly(new EquityPoint(10, 1), new EquityPoint(11, 2), new EquityPoint(15, 3));
    }

    @Test
    void the_last_value_of_a_second_stands() {
        curve.add(10, 1);
        curve.add(10, 2);
        curve.add(9, 3);

        assertThat(curve.points()).containsExactly(new EquityPoint(10, 3));
    }

    @Test
    void a_long_run_stays_bounded_ascending_and_whole_in_time() {
        int seconds = 20_000;
        for (int second = 1; second <= seconds; second++) {
            curve.add(second, second * 10L);
            assertThat(curve.points().getLast().equityE6()).isEqualTo(second * 10L);
        }

        List<EquityPoint> points = curve.points();
        assertThat(points).hasSizeBetween(400, 1_000);
        assertThat(points.getFirst()).isEqualTo(new EquityPoint(1, 10));
        for (int i = 1; i < points.size(); i++) {
            assertThat(points.get(i).timeSeconds())
                    .isGreaterThan(points.get(i - 1).timeSeconds());
        }
    }
}
