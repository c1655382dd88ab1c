package voltage.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettlementAverageTest {
    private static final double PRICE = 100_000;
    private static final double VOLATILITY = 5e-5;

    @ParameterizedTest
    @CsvSource({"600, .850", "300, .858", "120, .889", "90, .909", "60, .956"})
    void a_naive_probability_of_841_is_as_much_too_low_as_the_facts_say(int secondsLeft, double expected) {
        double oneSigma = VOLATILITY * PRICE * Math.sqrt(secondsLeft);
        double deviation = SettlementAverage.deviation(PRICE, VOLATILITY, secondsLeft, 0);

        assertThat(NormalDistribution.cumulative(oneSigma / deviation)).isCloseTo(expected, within(0.0006));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20, 45, 58, 59})
    void in_the_last_minute_simulated_averages_agree(int seen) {
        Random random = new Random(7 + seen);
        double seenMean = PRICE + 12;
        int runs = 60_000;
        double sum = 0;
        double squares = 0;
        double step = VOLATILITY * PRICE;
        for (int run = 0; run < runs; run++) {
            double price = PRICE;
            double total = seen * seenMean;
            for (int i = seen; i < 60; i++) {
                price += step * random.nextGaussian();
                total += price;
            }
            double average = total / 60 - PRICE;
            sum += average;
            squares += average * average;
        }
        double mean = sum / runs;
        double deviation = Math.sqrt(squares / runs - mean * mean);
        double expected = SettlementAverage.deviation(PRICE, VOLATILITY, 60 - seen, seen);

        assertThat(deviation).isCloseTo(expected, within(expected * 0.015));
        assertThat(mean + PRICE)
                .isCloseTo(SettlementAverage.mean(PRICE, seen, seenMean), within(5 * expected / Math.sqrt(runs)));
    }

    @Test
    void the_last_minute_joins_what_comes_before_it_without_a_step() {
        double before = SettlementAverage.deviation(PRICE, VOLATILITY, 60, 0);
        double after = SettlementAverage.deviation(PRICE, VOLATILITY, 59, 1);

        assertThat(after).isLessThan(before).isGreaterThan(before * 0.95);
        assertThat(Math.pow(before / (VOLATILITY * PRICE), 2)).isCloseTo(20.503, within(0.001));
    }

    @Test
    void nothing_varies_any_more_once_every_fixing_is_seen() {
        double mean = SettlementAverage.mean(PRICE + 50, 60, PRICE);

        assertThat(mean).isEqualTo(PRICE);
        assertThat(SettlementAverage.deviation(PRICE, VOLATILITY, 0, 60)).isZero();
    }
}
