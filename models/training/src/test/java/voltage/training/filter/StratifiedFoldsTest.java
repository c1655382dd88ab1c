package voltage.training.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StratifiedFoldsTest {
    private static final long HOUR_NANOS = 3_600_000_000_000L;

    @Test
    void each_trade_is_tested_once_and_folds_have_the_base_rate_of_all() {
        List<LabelledEntry> entries = Trades.random(700, 11, 0);
        double rate = entries.stream().filter(LabelledEntry::isWin).count() / 700.0;
        List<Split> splits = StratifiedFolds.of(entries, 5, HOUR_NANOS);
        assertThat(splits.stream()
                        .flatMapToInt(split -> IntStream.of(split.test()))
                        .sorted()
                        .toArray())
                .isEqualTo(IntStream.range(0, 700).toArray());
        for (Split split : splits) {
            long wins = IntStream.of(split.test())
                    .filter(i -> entries.get(i).isWin())
                    .count();
            assertThat(wins / (double) split.test().length).isBetween(rate - 0.01, rate + 0.01);
        }
    }

    @Test
    void no_fold_trains_on_a_trade_that_overlaps_one_of_its_tests() {
        for (long seed = 0; seed < 10; seed++) {
            List<LabelledEntry> entries = Trades.random(300, seed, 0);
            for (Split split : StratifiedFolds.of(entries, 5, HOUR_NANOS)) {
                assertThat(split.train()).hasSizeGreaterThan(150);
                for (int i : split.train()) {
                    for (int j : split.test()) {
                        LabelledEntry a = entries.get(i);
                        LabelledEntry b = entries.get(j);
                        boolean isApart = a.endedNanos() + HOUR_NANOS
                                        < b.features().atNanos()
                                || b.endedNanos() + HOUR_NANOS < a.features().atNanos();
                        assertThat(isApart)
                                .as("train %d, test %d, seed %d", i, j, seed)
                                .isTrue();
                    }
                }
            }
        }
    }

    @Test
    void what_cannot_be_folded_is_refused() {
        List<LabelledEntry> few = Trades.random(6, 1, 0);
        assertThatThrownBy(() -> StratifiedFolds.of(few, 5, 0)).hasMessageContaining("each needs a win");
        List<LabelledEntry> backwards = Trades.random(50, 1, 0).reversed();
        assertThatThrownBy(() -> StratifiedFolds.of(backwards, 5, 0)).hasMessageContaining("sort them");
    }
}
