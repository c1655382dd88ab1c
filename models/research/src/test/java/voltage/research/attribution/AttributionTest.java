package voltage.research.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class AttributionTest {
    private static final long FROM = SeededTrades.nanos("2026-05-01T00:00:00Z");
    private static final long TO = SeededTrades.nanos("2026-06-01T00:00:00Z");

    private static List<EndedTrade> trades(long seed) {
        return SeededTrades.any(RandomGeneratorFactory.of("L64X128MixRandom").create(seed), 500, FROM, TO);
    }

    private static Figures sum(List<Attribution> attributions) {
        return attributions.stream().map(Attribution::all).reduce(Figures.NONE, Figures::plus);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void the_slices_of_each_dimension_add_up_to_the_whole(long seed) {
        for (Attribution attribution : Attribution.history(Period.Kind.DAY, trades(seed))) {
            for (Dimension dimension : Dimension.values()) {
                Figures sum = attribution.slices().stream()
                        .filter(slice -> slice.dimension() == dimension)
                        .map(Attribution.Slice::figures)
                        .reduce(Figures.NONE, Figures::plus);
                assertThat(sum).as("%s of %s", dimension, attribution.period()).isEqualTo(attribution.all());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void each_trade_is_in_one_day_and_in_one_week(long seed) {
        List<EndedTrade> trades = trades(seed);
        long netE6 = trades.stream().mapToLong(EndedTrade::netE6).sum();
        Figures days = sum(Attribution.history(Period.Kind.DAY, trades));
        assertThat(days.trades()).isEqualTo(500);
        assertThat(days.netE6()).isEqualTo(netE6);
        assertThat(sum(Attribution.history(Period.Kind.WEEK, trades))).isEqualTo(days);
    }

    @ParameterizedTest
    @EnumSource
    void the_order_of_trades_changes_nothing(Period.Kind kind) {
        List<EndedTrade> trades = trades(9);
        List<EndedTrade> shuffled = new ArrayList<>(trades);
        Collections.shuffle(shuffled, new Random(5));
        assertThat(Attribution.history(kind, shuffled)).isEqualTo(Attribution.history(kind, trades));
    }

    @Test
    void a_trade_belongs_to_the_period_in_which_it_ended_and_to_the_session_in_which_it_was_entered() {
        EndedTrade late = SeededTrades.settled("a", "2026-05-09T23:59:59.999999999Z", 5, 0);
        EndedTrade early = SeededTrades.settled("b", "2026-05-10T00:00:00Z", 7, 0);
        List<Attribution> days = Attribution.history(Period.Kind.DAY, List.of(late, early));
        assertThat(days).extracting(day -> day.all().netE6()).containsExactly(5L, 7L);
        List<Attribution> weeks = Attribution.history(Period.Kind.WEEK, List.of(late, early));
        assertThat(weeks).extracting(week -> week.all().netE6()).containsExactly(5L, 7L);
        // Both were entered on Saturday evening.
        assertThat(days.getLast().figures(Dimension.SESSION, "US").trades()).isEqualTo(1);
        assertThat(days.getLast().figures(Dimension.SESSION, "ASIA")).isEqualTo(Figures.NONE);
    }

    @Test
    void a_day_without_a_trade_stands_between_its_neighbours() {
        List<Attribution> days = Attribution.history(
                Period.Kind.DAY,
                List.of(
                        SeededTrades.settled("a", "2026-05-13T12:00:00Z", 5, 0),
                        SeededTrades.settled("b", "2026-05-15T12:00:00Z", 7, 0)));
        assertThat(days).extracting(day -> day.all().trades()).containsExactly(1L, 0L, 1L);
        assertThat(days.get(1).slices()).isEmpty();
        assertThat(Attribution.history(Period.Kind.DAY, List.of())).isEmpty();
    }

    @Test
    void slices_stand_in_the_order_of_their_values() {
        List<Attribution> weeks = Attribution.history(Period.Kind.WEEK, trades(4));
        assertThat(weeks.get(1).slices())
                .filteredOn(slice -> slice.dimension() == Dimension.SESSION)
                .extracting(Attribution.Slice::name)
                .containsExactly("ASIA", "LONDON", "US");
        assertThat(weeks.get(1).slices())
                .filteredOn(slice -> slice.dimension() == Dimension.FORECASTER)
                .extracting(Attribution.Slice::name)
                .containsExactly("2026-11-21-d4d97dd2", "HAR", "UNKNOWN");
    }
}
