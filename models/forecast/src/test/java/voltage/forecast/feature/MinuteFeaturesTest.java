package voltage.forecast.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static voltage.forecast.feature.RandomMinutes.MINUTE;
import static voltage.forecast.feature.RandomMinutes.START;

import java.util.List;
import org.junit.jupiter.api.Test;
import voltage.market.Candle;
import voltage.market.CandleSeries;

class MinuteFeaturesTest {
    private final MinuteFeatures features = new MinuteFeatures(FeatureSet.FLOW);
    private long open = START;
    private double logPrice = Math.log(1e13);

    /** A minute that moves by {@code change} in a straight line. */
    private void minute(double change, long volume) {
        long from = price();
        logPrice += change;
        long to = price();
        features.minute(new Candle(open, from, Math.max(from, to), Math.min(from, to), to, volume, 1, false));
        open += MINUTE;
    }

    private void minutes(int count, double change) {
        for (int i = 0; i < count; i++) {
            minute(i % 2 == 0 ? change : -change, 100);
        }
    }

    private long price() {
        return Math.round(Math.exp(logPrice));
    }

    private double now(Feature feature) {
        return features.at(open).value(feature);
    }

    @Test
    void each_variance_is_of_its_own_window() {
        minutes(1200, 0.001);
        minutes(180, 0.002);
        minutes(45, 0.003);
        minutes(10, 0.004);
        minutes(5, 0.005);
        double parkinson = 1 / (4 * Math.log(2));
        double hour = (5 * 25e-6 + 10 * 16e-6 + 45 * 9e-6) / 60;
        double fourHours = (hour * 60 + 180 * 4e-6) / 240;
        double day = (fourHours * 240 + 1200 * 1e-6) / 1440;

        assertThat(now(Feature.LOG_PARKINSON_5M)).isCloseTo(Math.log(25e-6 * parkinson), within(1e-9));
        assertThat(now(Feature.LOG_PARKINSON_15M)).isCloseTo(Math.log(19e-6 * parkinson), within(1e-9));
        assertThat(now(Feature.LOG_PARKINSON_1H)).isCloseTo(Math.log(hour * parkinson), within(1e-9));
        assertThat(now(Feature.LOG_PARKINSON_4H)).isCloseTo(Math.log(fourHours * parkinson), within(1e-9));
        assertThat(now(Feature.LOG_PARKINSON_24H)).isCloseTo(Math.log(day * parkinson), within(1e-9));
        assertThat(now(Feature.LOG_REALISED_15M)).isCloseTo(Math.log(19e-6), within(1e-9));
        assertThat(now(Feature.LOG_REALISED_1H)).isCloseTo(Math.log(hour), within(1e-9));
    }

    @Test
    void returns_are_signed_and_their_ratio_is_bounded() {
        minutes(1, 0);
        for (int i = 0; i < 10; i++) {
            minute(0.001, 1);
        }
        for (int i = 0; i < 5; i++) {
            minute(-0.003, 1);
        }
        assertThat(now(Feature.RETURN_5M)).isCloseTo(-0.015, within(1e-9));
        assertThat(now(Feature.RETURN_15M)).isCloseTo(-0.005, within(1e-9));
        assertThat(now(Feature.RETURN_RATIO)).isCloseTo(3, within(1e-6));
    }

    @Test
    void a_ratio_over_next_to_nothing_is_ten_and_over_nothing_is_missing() {
        minutes(1, 0);
        for (int i = 0; i < 10; i++) {
            minute(0.001, 1);
        }
        for (int i = 0; i < 4; i++) {
            minute(-0.002, 1);
        }
        minute(-0.0020001, 1);
        assertThat(now(Feature.RETURN_RATIO)).isEqualTo(10);

        for (int i = 0; i < 16; i++) {
            minute(0, 1);
        }
        assertThat(now(Feature.RETURN_15M)).isZero();
        assertThat(now(Feature.RETURN_RATIO)).isNaN();
    }

    @Test
    void volume_is_measured_in_deviations_of_the_latest_twenty() {
        for (int i = 0; i < 19; i++) {
            minute(0.001, 100);
        }
        minute(0.001, 500);
        // mean 120, deviation √(0.95 · 20² + 0.05 · 380²)
        assertThat(now(Feature.VOLUME_Z_20M)).isCloseTo(380 / Math.sqrt(7600), within(1e-12));
        for (int i = 0; i < 20; i++) {
            minute(0.001, 100);
        }
        assertThat(now(Feature.VOLUME_Z_20M)).isNaN();
    }

    @Test
    void a_minute_that_jumps_shows_in_the_jump_share() {
        minutes(61, 0.001);
        assertThat(now(Feature.JUMP_SHARE_1H)).isZero();
        minute(0.02, 1);
        minutes(5, 0.001);
        assertThat(now(Feature.JUMP_SHARE_1H)).isGreaterThan(0.5);
    }

    @Test
    void what_never_moved_has_no_logarithm() {
        minutes(100, 0);

        assertThat(now(Feature.LOG_PARKINSON_1H)).isNaN();
        assertThat(now(Feature.LOG_REALISED_1H)).isNaN();
        assertThat(now(Feature.JUMP_SHARE_1H)).isNaN();
        assertThat(now(Feature.RETURN_5M)).isZero();
    }

    @Test
    void a_missing_minute_and_a_synthetic_one_are_the_same() {
        List<Candle> whole = RandomMinutes.whole(1, 400);
        MinuteFeatures withHoles = new MinuteFeatures(FeatureSet.CANDLES);
        MinuteFeatures withFlat = new MinuteFeatures(FeatureSet.CANDLES);
        for (int i = 0; i < whole.size(); i++) {
            Candle candle = whole.get(i);
            if (i % 11 != 3 && i / 30 != 5) {
                withHoles.minute(candle);
                withFlat.minute(candle);
                assertThat(withHoles.at(withHoles.endNanos()).toRow())
                        .isEqualTo(withFlat.at(withHoles.endNanos()).toRow());
            } else {
                withFlat.minute(Candle.flat(candle.openNanos(), candle.openE4()));
            }
        }
    }

    @Test
    void a_window_with_more_than_a_fifth_unknown_is_missing_and_fills_again() {
        minutes(60, 0.001);
        open += 2 * MINUTE;
        minutes(3, 0.001);
        assertThat(now(Feature.LOG_PARKINSON_5M)).isNaN();
        assertThat(now(Feature.LOG_PARKINSON_15M)).isNotNaN();
        assertThat(now(Feature.RETURN_5M)).isNotNaN();
        minutes(1, 0.001);
        assertThat(now(Feature.LOG_PARKINSON_5M)).isNotNaN();
        assertThat(now(Feature.RETURN_5M)).isNaN();
    }

    @Test
    void after_a_silence_longer_than_all_windows_it_starts_anew() {
        List<Candle> before = RandomMinutes.whole(1, 1500);
        MinuteFeatures fresh = new MinuteFeatures(FeatureSet.CANDLES);
        MinuteFeatures used = new MinuteFeatures(FeatureSet.CANDLES);
        before.forEach(used::minute);
        for (Candle candle : RandomMinutes.whole(2, 1500)) {
            Candle later = new Candle(
                    candle.openNanos() + 40_000 * MINUTE,
                    candle.openE4(),
                    candle.highE4(),
                    candle.lowE4(),
                    candle.closeE4(),
                    candle.volumeE8(),
                    1,
                    false);
            fresh.minute(later);
            used.minute(later);
            assertThat(used.at(used.endNanos()).toRow())
                    .isEqualTo(fresh.at(used.endNanos()).toRow());
        }
    }

    @Test
    void a_minute_that_comes_late_is_counted_and_changes_nothing() {
        minutes(30, 0.001);
        double[] before = features.at(open).toRow();

        assertThat(features.minute(Candle.flat(open - MINUTE, 5))).isFalse();
        assertThat(features.minute(Candle.flat(open - 9 * MINUTE, 5))).isFalse();

        assertThat(features.refused()).isEqualTo(2);
        assertThat(features.at(open).toRow()).isEqualTo(before);
        assertThatThrownBy(() -> features.minute(Candle.flat(open + 1, 5))).hasMessageContaining("whole minute");
    }

    @Test
    void of_a_feed_that_is_two_minutes_behind_nothing_is_known_but_the_time() {
        minutes(30, 0.001);

        assertThat(features.at(open + 2 * MINUTE - 1).value(Feature.LOG_PARKINSON_5M))
                .isNotNaN();
        FeatureVector late = features.at(open + 2 * MINUTE);
        assertThat(late.value(Feature.LOG_PARKINSON_5M)).isNaN();
        assertThat(late.value(Feature.HOUR_COS)).isNotNaN();
        assertThat(late.coverage()).isEqualTo(4.0 / FeatureSet.FLOW.size());
    }

    @Test
    void a_minute_is_known_when_it_came_and_not_before_its_end() {
        minutes(30, 0.001);
        int column = FeatureSet.FLOW.indexOf(Feature.RETURN_5M);
        assertThat(features.at(open + 5).knownNanos(column)).isEqualTo(open);
        assertThat(features.at(open - 1).value(column)).isNaN();
        assertThat(features.at(open - 1).knownNanos(column)).isEqualTo(FeatureVector.NEVER);

        features.minute(new Candle(open, 5, 5, 5, 5, 1, 1, false), open + MINUTE + 300);
        assertThat(features.at(open + MINUTE + 299).value(Feature.HOUR_SIN)).isNotNaN();
        assertThat(features.at(open + MINUTE + 299).value(column)).isNaN();
        assertThat(features.at(open + MINUTE + 300).value(column)).isNotNaN();
        assertThat(features.at(open + MINUTE + 400).knownNanos(column)).isEqualTo(open + MINUTE + 300);
    }

    @Test
    void what_rests_on_a_late_minute_is_not_known_before_it_even_if_later_ones_came_first() {
        minutes(30, 0.001);
        features.minute(new Candle(open, 5, 5, 5, 5, 1, 1, false), open + 3 * MINUTE);
        features.minute(new Candle(open + MINUTE, 5, 5, 5, 5, 1, 1, false), open + 2 * MINUTE);
        int column = FeatureSet.FLOW.indexOf(Feature.LOG_PARKINSON_15M);

        assertThat(features.at(open + 3 * MINUTE - 1).value(column)).isNaN();
        assertThat(features.at(open + 3 * MINUTE).knownNanos(column)).isEqualTo(open + 3 * MINUTE);
    }

    @Test
    void a_day_of_absurd_minutes_is_counted_as_moves_of_an_eighth_and_overflows_nothing() {
        logPrice = Math.log(1e9);
        minutes(1440, 0.5);

        assertThat(now(Feature.LOG_PARKINSON_24H)).isCloseTo(Math.log(1 / 64.0 / (4 * Math.log(2))), within(1e-12));
        minutes(1440, 0.001);
        assertThat(now(Feature.LOG_PARKINSON_24H)).isCloseTo(Math.log(1e-6 / (4 * Math.log(2))), within(1e-5));
    }

    @Test
    void the_imbalance_is_the_latest_for_a_minute() {
        assertThat(now(Feature.ORDER_FLOW_IMBALANCE)).isNaN();
        features.imbalance(0.25, START + 10);

        assertThat(features.at(START + 9).value(Feature.ORDER_FLOW_IMBALANCE)).isNaN();
        assertThat(features.at(START + 10).value(Feature.ORDER_FLOW_IMBALANCE)).isEqualTo(0.25);
        assertThat(features.at(START + 9 + MINUTE).value(Feature.ORDER_FLOW_IMBALANCE))
                .isEqualTo(0.25);
        assertThat(features.at(START + 10 + MINUTE).value(Feature.ORDER_FLOW_IMBALANCE))
                .isNaN();
        features.imbalance(Double.NaN, START + 20);
        assertThat(features.at(START + 21).value(Feature.ORDER_FLOW_IMBALANCE)).isNaN();
        assertThatThrownBy(() -> features.imbalance(1.01, START)).hasMessageContaining("was 1.01");
    }

    @Test
    void the_calendar_turns_once_a_day_and_once_a_week() {
        long six = START + 6 * 60 * MINUTE;
        assertThat(features.at(six).value(Feature.HOUR_SIN)).isCloseTo(1, within(1e-15));
        assertThat(features.at(six).value(Feature.HOUR_COS)).isCloseTo(0, within(1e-15));
        assertThat(features.at(six + MINUTE - 1).value(Feature.HOUR_SIN))
                .isEqualTo(features.at(six).value(Feature.HOUR_SIN));
        // A Monday, and the Wednesday after.
        assertThat(features.at(six).value(Feature.WEEKDAY_SIN)).isZero();
        assertThat(features.at(six).value(Feature.WEEKDAY_COS)).isEqualTo(1);
        assertThat(features.at(six + 2 * 1440 * MINUTE).value(Feature.WEEKDAY_SIN))
                .isCloseTo(Math.sin(4 * Math.PI / 7), within(1e-15));
    }

    @Test
    void a_start_from_a_series_goes_on_as_if_it_had_always_run() {
        CandleSeries series = new CandleSeries(1, 1500);
        MinuteFeatures running = new MinuteFeatures(FeatureSet.CANDLES);
        for (Candle candle : RandomMinutes.withGaps(3, 5000)) {
            running.minute(candle);
            series.add(candle);
        }
        MinuteFeatures started = MinuteFeatures.after(series, FeatureSet.CANDLES);
        assertThat(started.endNanos()).isEqualTo(running.endNanos());
        assertThat(started.at(running.endNanos()).toRow())
                .isEqualTo(running.at(running.endNanos()).toRow());
    }

    @Test
    void before_the_first_minute_only_the_time_is_known() {
        assertThat(features.endNanos()).isEqualTo(Long.MIN_VALUE);
        assertThat(features.at(START).coverage()).isEqualTo(4.0 / FeatureSet.FLOW.size());
    }
}
