package voltage.training.lightgbm;

/** Told after every round of training. */
@FunctionalInterface
public interface TrainingProgress {
    /** For those who do not want to know. */
    TrainingProgress SILENT = (round, rounds, heldOutLogLoss, secondsLeft) -> {};

    /**
     * A round has ended.
     *
     * @param round from 1
     * @param rounds most that there can be; early stopping may end before
     * @param heldOutLogLoss NaN without held-out examples
     * @param secondsLeft until the last round, at the mean speed so far
     */
    void round(int round, int rounds, double heldOutLogLoss, double secondsLeft);
}
