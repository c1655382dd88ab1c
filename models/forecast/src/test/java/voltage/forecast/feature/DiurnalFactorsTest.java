package voltage.forecast.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static voltage.forecast.feature.RandomMinutes.MINUTE;
import static voltage.forecast.feature.RandomMinutes.START;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import voltage.market.Candle;

class DiurnalFactorsTest {
    private final DiurnalProfile profile = new DiurnalProfile();

    /** A minute whose log range is {@code range}. */
    private static Candle minute(long index, double range) {
        long low = 1_000_000_000_000L;
        return new Candle(START + index * MINUTE, low, Math.round(low * Math.exp(range)), low, low, 1, 1, false);
    }

    private static double[] filled(int count, double value) {
        double[] filled = new double[count];
        Arrays.fill(filled, value);
        return filled;
    }

    @Test
    void a_slot_is_its_mean_over_the_mean_shrunk_by_twenty_days() {
        for (int i = 0; i < 10 * 1440; i++) {
            int ofDay = i % 1440;
            profile.minute(minute(i, ofDay / 15 == 40 ? 0.002 : 0.001));
        }
        DiurnalFactors factors = profile.factors().orElseThrow();
        double mean = (95 + 4) / 96.0;
        // Ten days of the slot, 150 minutes, and 20 days of an average one, 300.
        assertThat(factors.quarters()[40]).isCloseTo((150 * 4 / mean + 300) / 450, within(1e-6));
        assertThat(factors.quarters()[0]).isCloseTo((150 / mean + 300) / 450, within(1e-6));
        // The slot is a quarter of one of the 24 hours in which minute 0 of the hour is seen.
        double ofHour = (23 + 4) / 24.0 / mean;
        assertThat(factors.minutes()[0]).isCloseTo((240 * ofHour + 480) / 720, within(1e-6));
        assertThat(factors.minutes()[30]).isCloseTo((240 / mean + 480) / 720, within(1e-6));
    }

    @Test
    void it_is_known_when_its_last_minute_ended() {
        for (int i = 0; i < 1440; i++) {
            assertThat(profile.factors()).isEmpty();
            profile.minute(minute(i, 0.001));
        }
        profile.minute(Candle.flat(START + 9_000 * MINUTE, 5));

        assertThat(profile.factors().orElseThrow().knownNanos()).isEqualTo(START + 1440 * MINUTE);
    }

    @Test
    void what_never_moved_has_no_time_of_day() {
        for (int i = 0; i < 2000; i++) {
            profile.minute(minute(i, 0));
        }
        assertThat(profile.factors()).isEmpty();
    }

    @Test
    void one_crash_is_no_time_of_day() {
        for (int i = 0; i < 1440; i++) {
            profile.minute(minute(i, i == 100 ? 0.12 : 0.001));
        }
        // Uncapped the slot would have 0.0144 of a total of 0.0158.
        assertThat(profile.factors().orElseThrow().quarters()[6]).isLessThan(3);
    }

    @Test
    void the_features_look_at_the_next_quarter_hour_and_back_at_the_hour() {
        double[] quarters = filled(96, 1);
        quarters[4] = 3;
        double[] minutes = filled(60, 1);
        minutes[0] = 2.5;
        MinuteFeatures features = new MinuteFeatures(FeatureSet.CANDLES);
        features.use(new DiurnalFactors(quarters, minutes, START));

        FeatureVector one = features.at(START + 60 * MINUTE);
        assertThat(one.value(Feature.LOG_DIURNAL_NEXT_15M)).isCloseTo(Math.log(3), within(1e-12));
        assertThat(one.value(Feature.LOG_DIURNAL_SHIFT_1H)).isCloseTo(Math.log(3), within(1e-12));
        assertThat(one.value(Feature.LOG_MINUTE_NEXT_15M)).isCloseTo(Math.log(16.5 / 15), within(1e-12));
        FeatureVector later = features.at(START + 65 * MINUTE);
        assertThat(later.value(Feature.LOG_DIURNAL_NEXT_15M)).isCloseTo(Math.log((30 + 5) / 15.0), within(1e-12));
        assertThat(later.value(Feature.LOG_DIURNAL_SHIFT_1H))
                .isCloseTo(Math.log((30 + 5) / 15.0) - Math.log((15 + 55) / 60.0), within(1e-12));
        assertThat(later.value(Feature.LOG_MINUTE_SHIFT_5M)).isCloseTo(-Math.log(6.5 / 5), within(1e-12));
        assertThat(later.knownNanos(FeatureSet.CANDLES.indexOf(Feature.LOG_MINUTE_SHIFT_5M)))
                .isEqualTo(START);
        // At the turn of the day the hour before is yesterday's last.
        assertThat(features.at(START).value(Feature.LOG_DIURNAL_SHIFT_1H)).isZero();
    }

    @Test
    void a_table_of_the_future_is_missing_and_so_is_none() {
        MinuteFeatures features = new MinuteFeatures(FeatureSet.CANDLES);
        assertThat(features.at(START).value(Feature.LOG_DIURNAL_NEXT_15M)).isNaN();
        features.use(new DiurnalFactors(filled(96, 1), filled(60, 1), START + 1));

        assertThat(features.at(START).value(Feature.LOG_DIURNAL_NEXT_15M)).isNaN();
        assertThat(features.at(START + 1).value(Feature.LOG_DIURNAL_NEXT_15M)).isZero();
    }

    @Test
    void a_table_is_whole_and_positive() {
        assertThatThrownBy(() -> new DiurnalFactors(filled(95, 1), filled(60, 1), 0))
                .hasMessageContaining("was 95");
        assertThatThrownBy(() -> new DiurnalFactors(filled(96, 1), filled(61, 1), 0))
                .hasMessageContaining("was 61");
        assertThatThrownBy(() -> new DiurnalFactors(filled(96, 0), filled(60, 1), 0))
                .hasMessageContaining("was 0.0");
        assertThatThrownBy(() -> new DiurnalFactors(filled(96, Double.NaN), filled(60, 1), 0))
                .hasMessageContaining("was NaN");
    }
}
