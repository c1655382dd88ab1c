package voltage.forecast.lightgbm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class LightGbmModelTest {
    private static final List<String> FEATURES = List.of("fast", "slow");
    private static final double NAN = Double.NaN;

    /** One split of "fast" at {@code threshold}, left worth −1 and right +1. */
    private static String stump(int decisionType, String threshold) {
        return """
                tree
                version=v4
                num_class=1
                num_tree_per_iteration=1
                label_index=0
                max_feature_idx=1
                objective=binary sigmoid:2
                feature_names=fast slow
                feature_infos=[-1:1] [-1:1]
                tree_sizes=100

                Tree=0
                num_leaves=2
                num_cat=0
                split_feature=0
                split_gain=1
                threshold=%s
                decision_type=%d
                left_child=-1
                right_child=-2
                leaf_value=-1 1
                is_linear=0
                shrinkage=1


                end of trees

                feature_importances:
                fast=1

                parameters:
                [boosting: gbdt]
                end of parameters
                """.formatted(threshold, decisionType);
    }

    private static LightGbmModel read(String text) {
        try {
            return LightGbmModel.read(new StringReader(text), "test.txt", FEATURES);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // missing none: NaN is 0
        "2, 0.5, NaN, -1",
        "2, -0.5, NaN, 1",
        "0, 0.5, NaN, -1",
        "2, -0.5, 0, 1",
        // missing zero: NaN and zero take the default side
        "6, -0.5, NaN, -1",
        "4, 0.5, NaN, 1",
        "6, -0.5, 0, -1",
        "4, 0.5, 1e-36, 1",
        "4, 0.5, 0.1, -1",
        "6, -0.5, 0.1, 1",
        // missing NaN: NaN takes the default side, zero is a number
        "10, -0.5, NaN, -1",
        "8, 0.5, NaN, 1",
        "8, 0.5, 0, -1",
        "10, -0.5, 0, 1",
        // a threshold is on the left, next to zero is zero, an infinite threshold parts NaN from numbers
        "10, 0.5, 0.5, -1",
        "10, 0.5, 0.5000000000000001, 1",
        "10, -1.0000000180025095e-35, -1.0000000180025095e-35, 1",
        "8, inf, NaN, 1",
        "8, inf, 1e308, -1",
        "8, 0.5, Infinity, 1",
        "8, 0.5, -Infinity, -1"
    })
    void a_split_sends_values_where_lightgbm_sends_them(int decision, String threshold, double value, double score) {
        LightGbmModel model = read(stump(decision, threshold));
        assertThat(model.rawScore(new double[] {value, 3})).isEqualTo(score);
        assertThat(model.rawScore(new double[] {value, NAN})).isEqualTo(score);
    }

    @Test
    void the_probability_uses_the_sigmoid_of_the_file() {
        LightGbmModel model = read(stump(2, "0.5"));
        assertThat(model.sigmoid()).isEqualTo(2);
        assertThat(model.probability(new double[] {1, 0})).isEqualTo(1 / (1 + StrictMath.exp(-2)));
        assertThat(model.trees()).isEqualTo(1);
        assertThat(model.features()).isEqualTo(FEATURES);
    }

    @Test
    void a_tree_of_one_leaf_is_a_constant() {
        String text = stump(2, "0.5")
                .replace("num_leaves=2", "num_leaves=1")
                .replace("leaf_value=-1 1", "leaf_value=0.25")
                .replaceAll("(split_feature|threshold|decision_type|left_child|right_child)=.*\n", "$1=\n");
        assertThat(read(text).rawScore(new double[] {NAN, NAN})).isEqualTo(0.25);
    }

    @Test
    void a_row_of_another_length_is_refused() {
        LightGbmModel model = read(stump(2, "0.5"));
        assertThatThrownBy(() -> model.rawScore(new double[3])).hasMessageContaining("has 2 features, was 3");
    }

    @Test
    void a_model_of_other_features_is_refused_with_the_first_that_differs() {
        assertThatThrownBy(() ->
                        LightGbmModel.read(new StringReader(stump(2, "0.5")), "test.txt", List.of("fast", "slower")))
                .isInstanceOf(BrokenModelException.class)
                .hasMessageContaining("test.txt, line 8")
                .hasMessageContaining("number 2 is slower, was slow")
                .hasMessageContaining("train it again on today's features");
        assertThatThrownBy(() -> LightGbmModel.read(new StringReader(stump(2, "0.5")), "test.txt", List.of("fast")))
                .hasMessageContaining("1 are expected, was 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "^tree|forest|line 1|text format",
                "version=v4|version=v9|line 2|LightGBM 3 or 4",
                "num_class=1|num_class=3|line 3|objective=binary",
                "max_feature_idx=1|max_feature_idx=7|line 6|does not fit 2 features",
                "binary sigmoid:2|regression|line 7|objective=binary",
                "binary sigmoid:2|binary sigmoid:-1|line 7|objective=binary",
                "label_index=0|average_output|line 5|boosting=gbdt",
                "label_index=0|version=v4|line 5|stands once",
                "tree_sizes=100|tree_sizes=100 100|line 26|announces 2 trees, was 1",
                "Tree=0|Tree=4|line 12|expected Tree=0",
                "num_leaves=2|num_leaves=x|line 13|whole numbers",
                "num_leaves=2|num_leaves=0|line 12|num_leaves must be 1",
                "num_leaves=2|num_leaves=3|line 15|2 values stand here, was 1",
                "num_cat=0|num_cat=1|line 14|categorical",
                "split_feature=0|split_feature=2|line 15|below 2, was 2",
                "threshold=0.5|threshold=nan|line 17|finite numbers",
                "threshold=0.5|threshold=0.5 1|line 17|1 values stand here, was 2",
                "decision_type=2|decision_type=3|line 18|categorical",
                "decision_type=2|decision_type=14|line 18|0 to 11, was 14",
                "left_child=-1|left_child=0|line 19|child of one split",
                "right_child=-2|right_child=-1|line 20|child of one split",
                "right_child=-2|right_child=-7|line 20|child of one split",
                "leaf_value=-1 1|leaf_value=-1|line 21|2 values stand here, was 1",
                "leaf_value=-1 1|leaf_value=-1 1e999|line 21|finite numbers",
                "leaf_value=-1 1|leaf_values=-1 1|line 26|\"leaf_value=\" must stand",
                "is_linear=0|is_linear=1|line 22|linear_tree=false",
                "end of trees|end of  trees|line 34|it was cut"
            })
    void damage_is_refused_with_line_rule_and_remedy(String from, String to, String line, String told) {
        String text = stump(2, "0.5");
        String damaged = from.startsWith("^") ? text.replaceFirst("(?m)" + from + "$", to) : text.replace(from, to);
        assertThat(damaged).isNotEqualTo(text);
        assertThatThrownBy(() -> read(damaged))
                .isInstanceOf(BrokenModelException.class)
                .hasMessageContaining("test.txt, " + line + ":")
                .hasMessageContaining(told);
    }

    @Test
    void a_file_cut_anywhere_before_its_end_is_refused() {
        String text = stump(2, "0.5");
        for (int length = 0; length < text.indexOf("end of trees"); length++) {
            String cut = text.substring(0, length);
            assertThatThrownBy(() -> read(cut)).as("cut after %d", length).isInstanceOf(BrokenModelException.class);
        }
    }

    @Test
    void whatever_is_done_to_a_file_it_is_read_or_refused_and_a_walk_ends() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(17);
        String text = threeLeaves();
        String alphabet = "0123456789-=. \nTreeinf";
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder damaged = new StringBuilder(text);
            for (int j = random.nextInt(3); j >= 0; j--) {
                int at = random.nextInt(damaged.length());
                switch (random.nextInt(3)) {
                    case 0 -> damaged.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
                    case 1 -> damaged.deleteCharAt(at);
                    default -> damaged.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                }
            }
            try {
                LightGbmModel model = read(damaged.toString());
                assertThat(model.rawScore(new double[] {random.nextGaussian(), NAN}))
                        .isNotNaN();
                assertThat(model.rawScore(new double[] {0, random.nextGaussian()}))
                        .isNotNaN();
            } catch (BrokenModelException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(5_000);
    }

    /** Two splits, the right child of the first is the second. */
    private static String threeLeaves() {
        return stump(10, "0.5")
                .replace("num_leaves=2", "num_leaves=3")
                .replace("split_feature=0", "split_feature=0 1")
                .replace("threshold=0.5", "threshold=0.5 -2.5")
                .replace("decision_type=10", "decision_type=10 8")
                .replace("left_child=-1", "left_child=-1 -2")
                .replace("right_child=-2", "right_child=1 -3")
                .replace("leaf_value=-1 1", "leaf_value=-1 1 2");
    }

    @Test
    void splits_below_splits_are_walked() {
        LightGbmModel model = read(threeLeaves());
        assertThat(model.rawScore(new double[] {0, 0})).isEqualTo(-1);
        assertThat(model.rawScore(new double[] {1, -3})).isEqualTo(1);
        assertThat(model.rawScore(new double[] {1, 3})).isEqualTo(2);
        assertThat(model.rawScore(new double[] {NAN, 3})).isEqualTo(-1);
        assertThat(model.rawScore(new double[] {1, NAN})).isEqualTo(2);
    }

    @Test
    void evaluation_allocates_nothing() {
        LightGbmModel model = read(threeLeaves());
        double[][] rows = {{0.1, 2}, {NAN, 1}, {3, NAN}, {0, 1e-40}};
        double sum = 0;
        long allocated = 0;
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int round = 0; round < 2; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                sum += model.probability(rows[i % rows.length]);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(sum).isPositive();
        assertThat(allocated).as("bytes for 10 000 rows").isLessThan(1_000);
    }
}
