package voltage.forecast.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.market.Candle;

@Timeout(60)
class MinuteWindowTest {
    private static final int MINUTES = MinuteWindow.MINUTES;
    private static final int HISTORY = MinuteWindow.HISTORY;

    private static long[] closes(long seed) {
        Random random = new Random(seed);
        long[] closes = new long[HISTORY];
        double log = Math.log(90_000e4);
        for (int back = HISTORY - 1; back >= 0; back--) {
            log += 5e-4 * random.nextGaussian();
            closes[back] = Math.round(Math.exp(log));
        }
        return closes;
    }

    private static long[] volumes(long seed) {
        return new Random(seed).longs(HISTORY, 1, 1_000_000_000L).toArray();
    }

    private static MinuteWindow window(long[] closes, long[] volumes) {
        return Objects.requireNonNull(MinuteWindow.of(closes, volumes));
    }

    private static double[] channel(MinuteWindow window, int channel) {
        return Arrays.copyOfRange(window.values(), channel * MINUTES, (channel + 1) * MINUTES);
    }

    @Test
    void the_price_is_centred_on_the_latest_and_its_scale_is_the_deviation_that_is_told() {
        long[] closes = closes(1);
        MinuteWindow window = window(closes, volumes(1));

        double squares = 0;
        for (int back = 0; back < MINUTES; back++) {
            squares += Math.pow(Math.log((double) closes[back] / closes[back + 1]), 2);
        }
        double sigma = Math.sqrt(squares / MINUTES);
        assertThat(window.logSigma()).isCloseTo(Math.log(sigma), within(1e-12));
        assertThat(window.value(0, MINUTES - 1)).isZero();
        for (int minute = 0; minute < MINUTES; minute++) {
            double expected =
                    Math.log((double) closes[MINUTES - 1 - minute] / closes[0]) / (sigma * Math.sqrt(MINUTES));
            assertThat(window.value(0, minute)).isCloseTo(expected, within(1e-10));
        }
    }

    @Test
    void neither_the_price_level_nor_the_size_of_volumes_is_in_it() {
        long[] closes = closes(2);
        long[] volumes = volumes(2);
        MinuteWindow window = window(closes, volumes);
        MinuteWindow doubled = window(
                Arrays.stream(closes).map(close -> 2 * close).toArray(),
                Arrays.stream(volumes).map(volume -> 3 * volume).toArray());

        assertThat(doubled.values()).usingComparatorWithPrecision(1e-9).containsExactly(window.values());
        assertThat(doubled.logSigma()).isCloseTo(window.logSigma(), within(1e-12));
        assertThat(Arrays.stream(channel(window, 1)).sum()).isCloseTo(0, within(1e-9));
        assertThat(Arrays.stream(channel(window, 1)).map(v -> v * v).average().orElseThrow())
                .isCloseTo(1, within(1e-9));
        assertThat(Arrays.stream(channel(window, 2)).map(v -> v * v).average().orElseThrow())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void what_rises_was_bought_and_what_falls_was_sold_the_more_the_farther_it_went() {
        long[] closes = new long[HISTORY];
        long[] volumes = new long[HISTORY];
        Arrays.fill(volumes, 1_000);
        for (int back = 0; back < HISTORY; back++) {
            closes[back] = 900_000_000L + (back % 2 == 0 ? 100_000 : 0);
        }
        closes[0] += 200_000;
        MinuteWindow window = window(closes, volumes);

        assertThat(window.value(2, MINUTES - 1)).isGreaterThan(window.value(2, MINUTES - 3));
        assertThat(window.value(2, MINUTES - 3)).isPositive();
        assertThat(window.value(2, MINUTES - 2)).isNegative();
        assertThat(channel(window, 1)).containsOnly(0);
        volumes[2] = 2_000;
        double[] flow = channel(window(closes, volumes), 2);
        assertThat(flow[MINUTES - 3] / flow[MINUTES - 5]).isCloseTo(2, within(1e-12));
    }

    @Test
    void an_unknown_minute_goes_on_at_the_price_before_and_nothing_flows() {
        long[] closes = closes(3);
        long[] volumes = volumes(3);
        for (int back : new int[] {0, 20, MINUTES - 1}) {
            closes[back] = 0;
            volumes[back] = 0;
        }
        MinuteWindow window = window(closes, volumes);

        assertThat(window.value(0, MINUTES - 1)).isZero().isEqualTo(window.value(0, MINUTES - 2));
        assertThat(window.value(0, MINUTES - 21)).isEqualTo(window.value(0, MINUTES - 22));
        assertThat(window.value(0, 0)).isEqualTo(window.value(0, 1));
        assertThat(window.value(1, MINUTES - 21)).isZero();
        assertThat(window.value(2, MINUTES - 21)).isZero();
        assertThat(window.value(2, MINUTES - 20)).isZero();
        assertThat(Arrays.stream(window.values()).allMatch(Double::isFinite)).isTrue();
    }

    @Test
    void there_is_no_window_of_too_little_nor_of_a_price_that_stood_still() {
        long[] closes = closes(4);
        long[] volumes = volumes(4);
        Arrays.fill(volumes, 5, 17, 0);
        assertThat(MinuteWindow.of(closes, volumes)).isNotNull();
        volumes[17] = 0;
        assertThat(MinuteWindow.of(closes, volumes)).isNull();
        Arrays.fill(closes, 7, 20, 0);
        assertThat(MinuteWindow.of(closes, volumes(4))).isNull();
        Arrays.fill(closes, 900_000_000L);
        assertThat(MinuteWindow.of(closes, volumes(4))).isNull();
        assertThatThrownBy(() -> MinuteWindow.of(new long[60], new long[61])).hasMessageContaining("was 60 closes");
    }

    private static @Nullable MinuteWindow after(List<Candle> candles, long instant) {
        MinuteFeatures features = new MinuteFeatures(FeatureSet.CANDLES);
        candles.forEach(features::minute);
        return features.window(instant);
    }

    @Test
    void a_future_that_is_cut_off_changes_nothing_and_no_more_than_its_own_minutes_are_needed() {
        List<Candle> candles = RandomMinutes.withGaps(5, 1_500);
        MinuteFeatures running = new MinuteFeatures(FeatureSet.CANDLES);
        int seen = 0;
        for (int i = 0; i < candles.size(); i++) {
            running.minute(candles.get(i));
            if (i % 37 == 0) {
                long end = running.endNanos();
                MinuteWindow window = running.window(end);
                assertThat(window).isEqualTo(after(candles.subList(0, i + 1), end));
                assertThat(window)
                        .isEqualTo(after(
                                candles.subList(0, i + 1).stream()
                                        .filter(c -> c.openNanos() >= end - HISTORY * RandomMinutes.MINUTE)
                                        .toList(),
                                end));
                seen += window == null ? 0 : 1;
            }
        }
        assertThat(seen).isGreaterThan(20);
        assertThat(running.window(running.endNanos() - 1)).isNull();
        assertThat(running.window(running.endNanos() + 2 * RandomMinutes.MINUTE))
                .isNull();
    }
}
