package voltage.training.patchtst;

import java.util.List;

/**
 * One epoch.
 *
 * @param trainLoss mean log loss of an event, with dropout, while the weights moved
 * @param stopLoss the same of the rows by which training is stopped, after it
 */
public record EpochFigures(double trainLoss, double stopLoss, double seconds) {
    /** The epoch with the least held-out loss, from 0; the first of equals. */
    static int best(List<EpochFigures> epochs) {
        int best = 0;
        for (int i = 1; i < epochs.size(); i++) {
            best = epochs.get(i).stopLoss() < epochs.get(best).stopLoss() ? i : best;
        }
        return best;
    }
}
