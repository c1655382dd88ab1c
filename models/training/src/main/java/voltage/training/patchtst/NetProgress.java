package voltage.training.patchtst;

/** Told after every epoch of a net's training. */
@FunctionalInterface
public interface NetProgress {
    /** For those who do not want to know. */
    NetProgress SILENT = (epoch, epochs, figures, secondsLeft) -> {};

    /**
     * An epoch has ended.
     *
     * @param epoch from 1
     * @param epochs most that there can be; early stopping may end before
     * @param secondsLeft until the last epoch, at the mean speed so far
     */
    void epoch(int epoch, int epochs, EpochFigures figures, double secondsLeft);
}
