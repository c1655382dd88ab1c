package voltage.training.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PurgedSplitsTest {
    private static final long MINUTE = 60_000_000_000L;
    private static final long HORIZON = 15 * MINUTE;
    private static final long EMBARGO = 60 * MINUTE;

    /** Instants with gaps and with several rows each. */
    private static long[] draw(long seed, int n) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] at = new long[n];
        long now = 0;
        for (int i = 0; i < n; i++) {
            now += random.nextInt(4) == 0 ? 0 : (1 + random.nextInt(random.nextInt(20) == 0 ? 300 : 5)) * MINUTE;
            at[i] = now;
        }
        return at;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void walking_forward_trains_only_on_labels_known_an_embargo_before_the_test(long seed) {
        long[] at = draw(seed, 3_000);
        List<Split> splits = new PurgedSplits(at, HORIZON, EMBARGO).walkForward(0.5, 7);
        assertThat(splits).hasSize(7);
        int next = splits.getFirst().test()[0];
        for (Split split : splits) {
            int[] train = split.train();
            int[] test = split.test();
            assertThat(test[0]).as("tests follow each other").isEqualTo(next);
            next = test[test.length - 1] + 1;
            assertThat(at[train[train.length - 1]] + HORIZON + EMBARGO).isLessThanOrEqualTo(at[test[0]]);
            assertThat(at[test[0] - 1]).as("no instant is parted").isLessThan(at[test[0]]);
            assertThat(train[0]).isZero();
            assertThat(train).hasSize(train[train.length - 1] + 1);
            int dropped = train.length;
            assertThat(at[dropped] + HORIZON + EMBARGO)
                    .as("no more is purged than must be")
                    .isGreaterThan(at[test[0]]);
        }
        assertThat(next).isEqualTo(3_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void folds_test_each_row_once_and_never_overlap_within_purge_and_embargo(long seed) {
        long[] at = draw(seed, 2_000);
        int[] tested = new int[at.length];
        for (Split split : new PurgedSplits(at, HORIZON, EMBARGO).folds(6)) {
            int[] test = split.test();
            Arrays.stream(test).forEach(i -> tested[i]++);
            long begin = at[test[0]];
            long end = at[test[test.length - 1]];
            assertThat(split.train()).isSorted();
            for (int i : split.train()) {
                boolean before = at[i] + HORIZON <= begin;
                boolean after = at[i] >= end + HORIZON + EMBARGO;
                assertThat(before || after)
                        .as("row %d beside %d to %d", i, test[0], test[test.length - 1])
                        .isTrue();
            }
        }
        assertThat(tested).containsOnly(1);
    }

    @Test
    void what_cannot_be_split_is_refused_with_the_remedy() {
        assertThatThrownBy(() -> new PurgedSplits(new long[] {2, 1}, 0, 0)).hasMessageContaining("sort them");
        assertThatThrownBy(() -> new PurgedSplits(new long[10], 0, 0).walkForward(0.5, 2))
                .hasMessageContaining("fewer folds");
        long[] close = {0, 1, 2, 3};
        assertThatThrownBy(() -> new PurgedSplits(close, 10, 0).walkForward(0.5, 1))
                .hasMessageContaining("nothing to train on");
        assertThatThrownBy(() -> new PurgedSplits(close, 0, 0).walkForward(1, 1))
                .hasMessageContaining("was 1.0");
    }
}
