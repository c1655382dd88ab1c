package voltage.forecast.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voltage.market.FeeSchedule;
import voltage.market.MarketDefinition;
import voltage.market.MarketKeys;
import voltage.market.StrikeType;
import voltage.market.TickGrid;

class ContractProbabilityTest {
    private static final double PRICE = 100_000;
    private static final double VOLATILITY = 1e-4;
    private static final ContractProbability NORMAL = new ContractProbability(Tail.NORMAL);
    private static final ContractProbability FAT = new ContractProbability(new StudentT(4));

    private static MarketDefinition market(StrikeType type, @Nullable Double floor, @Nullable Double cap) {
        return new MarketDefinition(
                new MarketKeys().of("KXBTC15M-TEST"),
                "KXBTC15M-TEST",
                "KXBTC15M",
                type,
                strike(floor),
                strike(cap),
                0,
                900_000_000_000L,
                TickGrid.TAPERED_DECI_CENT,
                FeeSchedule.QUADRATIC,
                2);
    }

    private static OptionalLong strike(@Nullable Double dollars) {
        return dollars == null ? OptionalLong.empty() : OptionalLong.of(Math.round(dollars * 1e4));
    }

    private static double yes(ContractProbability fair, MarketDefinition market, double price, double seconds) {
        return fair.yes(market, price, VOLATILITY, seconds, 0, Double.NaN);
    }

    @ParameterizedTest
    @CsvSource({"600, 0.850", "300, 0.858", "120, 0.889", "90, 0.909", "60, 0.956"})
    void averaging_makes_one_naive_deviation_surer(double seconds, double expected) {
        double strike = PRICE - VOLATILITY * PRICE * Math.sqrt(seconds);
        MarketDefinition market = market(StrikeType.GREATER_OR_EQUAL, strike, null);

        assertThat(yes(NORMAL, market, PRICE, seconds)).isCloseTo(expected, within(6e-4));
    }

    @Test
    void at_the_strike_it_is_even_whatever_the_tail() {
        MarketDefinition market = market(StrikeType.GREATER_OR_EQUAL, PRICE, null);

        assertThat(yes(NORMAL, market, PRICE, 500)).isCloseTo(0.5, within(1e-7));
        assertThat(yes(FAT, market, PRICE, 500)).isCloseTo(0.5, within(1e-14));
    }

    @Test
    void above_and_below_one_strike_share_all_probability() {
        for (double strike = PRICE - 900; strike < PRICE + 900; strike += 100) {
            double above = yes(FAT, market(StrikeType.GREATER, strike, null), PRICE, 700);
            double below = yes(FAT, market(StrikeType.LESS_OR_EQUAL, null, strike), PRICE, 700);
            assertThat(above + below).isCloseTo(1, within(1e-14));
        }
    }

    @Test
    void the_ranges_of_a_ladder_and_its_ends_share_all_probability() {
        for (ContractProbability fair : new ContractProbability[] {NORMAL, FAT}) {
            double sum = yes(fair, market(StrikeType.LESS, null, PRICE - 1000), PRICE + 30, 3000)
                    + yes(fair, market(StrikeType.GREATER, PRICE + 1000, null), PRICE + 30, 3000);
            for (double floor = PRICE - 1000; floor < PRICE + 1000; floor += 250) {
                double range = yes(fair, market(StrikeType.BETWEEN, floor, floor + 250), PRICE + 30, 3000);
                assertThat(range).isBetween(0.0, 1.0);
                sum += range;
            }
            assertThat(sum).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void a_far_range_keeps_its_small_probability_on_either_side() {
        double above = yes(FAT, market(StrikeType.BETWEEN, PRICE + 30_000, PRICE + 31_000), PRICE, 900);
        double below = yes(FAT, market(StrikeType.BETWEEN, PRICE - 31_000, PRICE - 30_000), PRICE, 900);

        assertThat(above).isPositive().isLessThan(1e-6);
        assertThat(below).isCloseTo(above, within(above * 1e-9));
        double tiny = yes(NORMAL, market(StrikeType.BETWEEN, PRICE + 2_600, PRICE + 2_700), PRICE, 900);
        assertThat(tiny).isBetween(1e-20, 1e-16);
        assertThat(yes(NORMAL, market(StrikeType.BETWEEN, PRICE - 2_700, PRICE - 2_600), PRICE, 900))
                .isCloseTo(tiny, within(tiny * 1e-9));
    }

    @Test
    void fat_tails_make_the_far_strike_likelier_and_the_near_one_steeper() {
        double deviation = VOLATILITY * PRICE * Math.sqrt(900 - 60 + 20.503);
        MarketDefinition far = market(StrikeType.GREATER, PRICE + 4 * deviation, null);
        MarketDefinition near = market(StrikeType.GREATER, PRICE + 0.5 * deviation, null);

        assertThat(yes(FAT, far, PRICE, 900)).isGreaterThan(20 * yes(NORMAL, far, PRICE, 900));
        assertThat(yes(FAT, near, PRICE, 900)).isLessThan(yes(NORMAL, near, PRICE, 900));
    }

    @Test
    void from_the_probability_of_an_event_to_that_of_each_contract() {
        Tail tail = new StudentT(4);
        VolatilityEvent event = VolatilityEvent.of(15, 20);
        double forecast = new EventVolatility(tail).probability(event, VOLATILITY);
        double implied = new EventVolatility(tail).volatility(event, forecast);
        MarketDefinition market = market(StrikeType.GREATER_OR_EQUAL, PRICE + 120, null);

        assertThat(FAT.yes(market, PRICE, implied, 600, 0, Double.NaN))
                .isCloseTo(yes(FAT, market, PRICE, 600), within(1e-12));
        // Half of the event lies above: a strike 20 bp up, were it not for the average.
        MarketDefinition up = market(StrikeType.GREATER, PRICE * 1.002, null);
        assertThat(FAT.yes(up, PRICE, implied, 900 + 60 - 20.503, 0, Double.NaN))
                .isCloseTo(forecast / 2, within(2e-4));
    }

    @Test
    void inside_the_last_minute_the_average_seen_counts() {
        MarketDefinition market = market(StrikeType.GREATER_OR_EQUAL, PRICE, null);

        double leading = NORMAL.yes(market, PRICE, VOLATILITY, 30, 30, PRICE + 40);
        double behind = NORMAL.yes(market, PRICE, VOLATILITY, 30, 30, PRICE - 40);

        assertThat(leading).isGreaterThan(0.85);
        assertThat(leading + behind).isCloseTo(1, within(1e-6));
    }

    @Test
    void once_all_is_seen_the_strike_type_says_who_has_a_tie() {
        assertThat(settled(StrikeType.GREATER_OR_EQUAL, PRICE, null)).isEqualTo(1);
        assertThat(settled(StrikeType.GREATER, PRICE, null)).isZero();
        assertThat(settled(StrikeType.LESS, null, PRICE)).isZero();
        assertThat(settled(StrikeType.LESS_OR_EQUAL, null, PRICE)).isEqualTo(1);
        assertThat(settled(StrikeType.BETWEEN, PRICE, PRICE + 1)).isEqualTo(1);
    }

    private static double settled(StrikeType type, @Nullable Double floor, @Nullable Double cap) {
        return NORMAL.yes(market(type, floor, cap), Double.NaN, Double.NaN, 0, 60, PRICE);
    }

    @Test
    void without_strike_price_volatility_or_the_average_seen_there_is_no_probability() {
        MarketDefinition market = market(StrikeType.GREATER, PRICE, null);

        assertThat(yes(NORMAL, market(StrikeType.BETWEEN, PRICE, null), PRICE, 500))
                .isNaN();
        assertThat(yes(NORMAL, market, Double.NaN, 500)).isNaN();
        assertThat(NORMAL.yes(market, PRICE, Double.NaN, 500, 0, Double.NaN)).isNaN();
        assertThat(NORMAL.yes(market, PRICE, VOLATILITY, 20, 40, Double.NaN)).isNaN();
    }
}
