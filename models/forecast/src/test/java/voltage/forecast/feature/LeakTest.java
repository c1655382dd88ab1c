package voltage.forecast.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static voltage.forecast.feature.RandomMinutes.MINUTE;
import static voltage.forecast.feature.RandomMinutes.START;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voltage.market.Candle;

/** A feature knows the past, all that it says it knows of it, and nothing else. */
@Timeout(120)
class LeakTest {
    private static final int MINUTES = 3200;

    private static double[] row(List<Candle> candles, long instant) {
        MinuteFeatures features = new MinuteFeatures(FeatureSet.CANDLES);
        candles.forEach(features::minute);
        return features.at(instant).toRow();
    }

    private static List<Candle> endedBy(List<Candle> candles, long instant) {
        return candles.stream()
                .filter(candle -> candle.openNanos() + MINUTE <= instant)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void a_future_that_is_cut_off_changes_no_feature(long seed) {
        List<Candle> candles = RandomMinutes.withGaps(seed, MINUTES);
        Random random = new Random(seed);
        MinuteFeatures running = new MinuteFeatures(FeatureSet.CANDLES);
        for (Candle candle : candles) {
            running.minute(candle);
            if (random.nextInt(100) == 0) {
                long instant = running.endNanos() + random.nextInt(2) * random.nextLong(2 * MINUTE);
                assertThat(running.at(instant).toRow()).isEqualTo(row(endedBy(candles, running.endNanos()), instant));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6, 7})
    void no_more_than_the_stated_history_is_needed(long seed) {
        List<Candle> candles = RandomMinutes.withGaps(seed, 2 * MINUTES);
        Random random = new Random(seed);
        MinuteFeatures running = new MinuteFeatures(FeatureSet.CANDLES);
        for (Candle candle : candles) {
            running.minute(candle);
            if (random.nextInt(150) == 0) {
                long end = running.endNanos();
                List<Candle> latest = endedBy(candles, end).stream()
                        .filter(past -> past.openNanos() >= end - MinuteFeatures.HISTORY_MINUTES * MINUTE)
                        .toList();
                assertThat(running.at(end).toRow()).isEqualTo(row(latest, end));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {8, 9, 10})
    void minute_by_minute_is_what_the_definitions_say_of_the_whole_history(long seed) {
        List<Candle> candles = RandomMinutes.withGaps(seed, MINUTES);
        Random random = new Random(seed);
        MinuteFeatures running = new MinuteFeatures(FeatureSet.CANDLES);
        for (Candle candle : candles) {
            running.minute(candle);
            if (random.nextInt(20) == 0) {
                FeatureVector vector = running.at(running.endNanos());
                DirectFeatures direct = new DirectFeatures(candles, running.endNanos());
                same(vector, Feature.LOG_PARKINSON_5M, direct.logParkinson(5));
                same(vector, Feature.LOG_PARKINSON_15M, direct.logParkinson(15));
                same(vector, Feature.LOG_PARKINSON_1H, direct.logParkinson(60));
                same(vector, Feature.LOG_PARKINSON_4H, direct.logParkinson(240));
                same(vector, Feature.LOG_PARKINSON_24H, direct.logParkinson(1440));
                same(vector, Feature.LOG_REALISED_15M, Math.log(direct.realised(15)));
                same(vector, Feature.LOG_REALISED_1H, Math.log(direct.realised(60)));
                same(vector, Feature.LOG_REALISED_24H, Math.log(direct.realised(1440)));
                same(vector, Feature.JUMP_SHARE_1H, direct.jumpShare(60));
                same(vector, Feature.JUMP_SHARE_24H, direct.jumpShare(1440));
                same(vector, Feature.RETURN_5M, direct.change(0, 5));
                same(vector, Feature.RETURN_15M, direct.change(0, 15));
                same(vector, Feature.VOLUME_Z_20M, direct.volumeZ());
            }
        }
    }

    private static void same(FeatureVector vector, Feature feature, double expected) {
        double actual = vector.value(feature);
        if (Double.isNaN(expected)) {
            assertThat(actual).as(feature.key()).isNaN();
        } else {
            assertThat(actual).as(feature.key()).isCloseTo(expected, within(1e-8));
        }
    }

    @Test
    void a_feature_that_sees_one_minute_ahead_is_noticed() {
        List<Candle> candles = RandomMinutes.whole(11, MINUTES);
        MinuteFeatures running = new MinuteFeatures(FeatureSet.CANDLES);
        int noticed = 0;
        for (int i = 0; i + 1 < candles.size(); i++) {
            running.minute(candles.get(i));
            if (i >= 1500 && i % 50 == 0) {
                double[] honest = row(candles.subList(0, i + 1), running.endNanos());
                double[] ahead = row(candles.subList(0, i + 2), running.endNanos() + MINUTE);
                assertThat(running.at(running.endNanos()).toRow()).isEqualTo(honest);
                noticed += java.util.Arrays.equals(ahead, honest) ? 0 : 1;
                // Without moving the instant the minute is not known, and everything made of it is missing.
                double[] premature = row(candles.subList(0, i + 2), running.endNanos());
                assertThat(premature[0]).isNaN();
            }
        }
        assertThat(noticed).isEqualTo(34);
    }

    @Test
    void another_future_after_the_instant_gives_the_same_vector() {
        List<Candle> candles = RandomMinutes.whole(12, 1600);
        DiurnalFactors factors = factors(candles);
        long instant = START + 1600 * MINUTE;
        for (int other = 0; other < 3; other++) {
            MinuteFeatures features = new MinuteFeatures(FeatureSet.CANDLES);
            features.use(factors);
            candles.forEach(features::minute);
            double[] decided = features.at(instant).toRow();
            for (Candle candle : RandomMinutes.withGaps(100 + other, 1700)) {
                features.minute(candle);
            }
            assertThat(decided).isEqualTo(decidedAlone(candles, factors, instant));
        }
    }

    private static double[] decidedAlone(List<Candle> candles, DiurnalFactors factors, long instant) {
        MinuteFeatures features = new MinuteFeatures(FeatureSet.CANDLES);
        features.use(factors);
        candles.forEach(features::minute);
        return features.at(instant).toRow();
    }

    private static DiurnalFactors factors(List<Candle> candles) {
        DiurnalProfile profile = new DiurnalProfile();
        candles.forEach(profile::minute);
        return profile.factors().orElseThrow();
    }
}
