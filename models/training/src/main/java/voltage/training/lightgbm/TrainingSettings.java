package voltage.training.lightgbm;

import java.util.Locale;

/**
 * How LightGBM trains. All that decides the model is here, so equal settings and examples give the same file.
 *
 * @param rounds most trees
 * @param patience rounds without a better held-out log loss after which training stops; 0 trains all rounds
 * @param leaves most per tree
 * @param featureShare of the features that a tree may use, above 0 to 1
 * @param rowShare of the rows that a tree sees, drawn anew for each, above 0 to 1
 * @param isUnbalance weighs the rarer class up; distorts probabilities, so a calibrator must follow
 * @param threads 1 or 2; two are slower than one where something else runs, since OpenMP spins while it waits
 */
public record TrainingSettings(
        int rounds,
        int patience,
        double learningRate,
        int leaves,
        int leastRowsPerLeaf,
        double featureShare,
        double rowShare,
        double l2,
        boolean isUnbalance,
        Missing missing,
        long seed,
        int threads) {
    /** Slow learning of small trees: returns are noisy, and a leaf needs many rows to say anything. */
    public static final TrainingSettings USUAL =
            new TrainingSettings(300, 50, 0.05, 31, 200, 0.8, 0.8, 1, false, Missing.NAN, 20_261_121, 1);

    /** What counts as a missing value. */
    public enum Missing {
        /** NaN. */
        NAN,
        /** NaN and zero. */
        ZERO,
        /** Nothing: NaN is zero. */
        NONE
    }

    public TrainingSettings {
        require(rounds >= 1 && rounds <= 10_000, "rounds are 1 to 10000", rounds);
        require(patience >= 0, "patience is 0 or more", patience);
        require(learningRate > 0 && learningRate <= 1, "learningRate is above 0, to 1", learningRate);
        require(leaves >= 2 && leaves <= 1024, "leaves are 2 to 1024", leaves);
        require(leastRowsPerLeaf >= 1, "leastRowsPerLeaf is 1 or more", leastRowsPerLeaf);
        require(featureShare > 0 && featureShare <= 1, "featureShare is above 0, to 1", featureShare);
        require(rowShare > 0 && rowShare <= 1, "rowShare is above 0, to 1", rowShare);
        require(l2 >= 0, "l2 is 0 or more", l2);
        require(seed >= 0 && seed <= Integer.MAX_VALUE, "a seed is 0 to 2147483647", (double) seed);
        require(threads == 1 || threads == 2, "threads are 1 or 2", threads);
    }

    private static void require(boolean held, String rule, double was) {
        if (!held) {
            throw new IllegalArgumentException(rule + ", was " + was);
        }
    }

    public TrainingSettings withRounds(int most, int patienceRounds) {
        return new TrainingSettings(
                most,
                patienceRounds,
                learningRate,
                leaves,
                leastRowsPerLeaf,
                featureShare,
                rowShare,
                l2,
                isUnbalance,
                missing,
                seed,
                threads);
    }

    public TrainingSettings withMissing(Missing kind) {
        return new TrainingSettings(
                rounds,
                patience,
                learningRate,
                leaves,
                leastRowsPerLeaf,
                featureShare,
                rowShare,
                l2,
                isUnbalance,
                kind,
                seed,
                threads);
    }

    public TrainingSettings withUnbalance(boolean weighted) {
        return new TrainingSettings(
                rounds,
                patience,
                learningRate,
                leaves,
                leastRowsPerLeaf,
                featureShare,
                rowShare,
                l2,
                weighted,
                missing,
                seed,
                threads);
    }

    public TrainingSettings withSeed(long other) {
        return new TrainingSettings(
                rounds,
                patience,
                learningRate,
                leaves,
                leastRowsPerLeaf,
                featureShare,
                rowShare,
                l2,
                isUnbalance,
                missing,
                other,
                threads);
    }

    /** LightGBM's own parameter string. */
    String parameters() {
        return String.join(
                " ",
                "objective=binary",
                "metric=binary_logloss",
                "boosting=gbdt",
                "deterministic=true",
                "force_row_wise=true",
                "verbosity=-1",
                "num_threads=" + threads,
                "seed=" + seed,
                "learning_rate=" + learningRate,
                "num_leaves=" + leaves,
                "min_data_in_leaf=" + leastRowsPerLeaf,
                "feature_fraction=" + featureShare,
                "bagging_fraction=" + rowShare,
                "bagging_freq=" + (rowShare < 1 ? 1 : 0),
                "lambda_l2=" + l2,
                "is_unbalance=" + isUnbalance,
                "use_missing=" + (missing != Missing.NONE),
                "zero_as_missing=" + (missing == Missing.ZERO));
    }

    @Override
    public String toString() {
        return parameters() + String.format(Locale.ROOT, " rounds=%d patience=%d", rounds, patience);
    }
}
