package voltage.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static voltage.training.data.Minutes.MINUTE;
import static voltage.training.data.Minutes.START;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.feature.FeatureSet;
import voltage.market.Candle;

@Timeout(60)
class LeakCheckTest {
    private static final List<VolatilityEvent> TARGETS = VolatilityEvent.grid(List.of(5, 15), List.of(10, 20));
    private static final List<Candle> CANDLES = Minutes.withGaps(Minutes.walk(21, 4_000), 21);
    private static final Function<CandleSource, Dataset> HONEST =
            source -> DatasetBuilder.build(source, FeatureSet.CANDLES, Cadence.MINUTE, TARGETS);

    private final LeakCheck check = new LeakCheck(CandleSource.of(CANDLES));

    private static long after(int minutes) {
        return START + minutes * MINUTE;
    }

    /** A data set whose every minute is made to come a minute early. */
    private static Function<CandleSource, Dataset> shifted(long nanos) {
        return source -> {
            List<Candle> moved = new ArrayList<>();
            source.forEach(candle -> moved.add(new Candle(
                    candle.openNanos() + nanos,
                    candle.openE4(),
                    candle.highE4(),
                    candle.lowE4(),
                    candle.closeE4(),
                    candle.volumeE8(),
                    candle.trades(),
                    candle.isSynthetic())));
            return HONEST.apply(CandleSource.of(moved));
        };
    }

    @Test
    void a_future_cut_off_anywhere_changes_no_row() {
        assertThat(check.futureCutOff(HONEST, after(100), after(1_440), after(2_007), after(3_999)))
                .isEmpty();
        assertThat(check.labels(HONEST.apply(CandleSource.of(CANDLES)))).isEmpty();
    }

    @Test
    void features_that_are_one_minute_ahead_are_noticed() {
        assertThat(check.futureCutOff(shifted(-MINUTE), after(2_000))).isNotEmpty();
        // The same by its labels: they begin and end a minute later than they say.
        assertThat(check.labels(shifted(-MINUTE).apply(CandleSource.of(CANDLES))))
                .hasSize(20)
                .first()
                .asString()
                .contains("the return of 5 minutes from " + after(0) + " is NaN");
    }

    @Test
    void labels_that_are_one_minute_late_are_noticed() {
        assertThat(check.labels(shifted(MINUTE).apply(CandleSource.of(CANDLES))))
                .hasSize(20);
    }

    @Test
    void a_choice_that_looks_at_all_the_data_is_noticed() {
        // Leaves the minute with the most volume of all out, as if that were known beforehand.
        Function<CandleSource, Dataset> choosy = source -> {
            List<Candle> all = new ArrayList<>();
            source.forEach(all::add);
            long most = all.stream().mapToLong(Candle::volumeE8).max().orElseThrow();
            return HONEST.apply(source.filter(candle -> candle.volumeE8() < most));
        };
        int most = 0;
        for (int i = 0; i < CANDLES.size(); i++) {
            most = CANDLES.get(i).volumeE8() > CANDLES.get(most).volumeE8() ? i : most;
        }

        assertThat(check.futureCutOff(choosy, CANDLES.get(most).openNanos())).isNotEmpty();
    }
}
