package voltage.training.promotion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import voltage.training.measure.DayBootstrap;
import voltage.training.measure.Interval;
import voltage.training.measure.Losses;
import voltage.training.measure.Overfitting;
import voltage.training.measure.Scores;

/**
 * How a challenger did beside the champion.
 *
 * @param kind where the instants are from
 * @param asked how often the challenger was asked
 * @param failed how often it gave no answer
 * @param trials versions that were measured against the same champion, this one among them: the more there are, the more likely is
 *     one of them good by chance
 */
public record PromotionEvidence(
        Kind kind, String champion, String challenger, List<OfEvent> events, long asked, long failed, int trials) {
    private static final int RESAMPLES = 2_000;
    private static final long SEED = 20_261_121;

    /** Where instants are from. */
    public enum Kind {
        /** Both forecast live, side by side; the outcome came afterwards. */
        SHADOW,
        /** Recorded minutes after all that either has learned from. */
        HELD_OUT
    }

    /**
     * One event.
     *
     * @param difference of the Brier scores, challenger less champion, by days; below 0 is better
     * @param overfitting probability that the better one on half of the time is the worse one on the other half; 1 with too few instants
     */
    public record OfEvent(
            String event,
            double championBrier,
            double challengerBrier,
            Interval difference,
            double championEce,
            double challengerEce,
            double overfitting) {}

    public PromotionEvidence {
        events = List.copyOf(events);
        if (trials < 1) {
            throw new IllegalArgumentException("evidence is of at least one trial, was " + trials);
        }
    }

    /** Weighs what both said; events without an instant are left out. */
    public static PromotionEvidence of(
            Kind kind,
            String champion,
            String challenger,
            List<PairedForecasts> paired,
            long asked,
            long failed,
            int trials) {
        DayBootstrap days = new DayBootstrap(RESAMPLES, SEED);
        List<OfEvent> events = new ArrayList<>();
        for (PairedForecasts pair : paired) {
            if (pair.size() == 0) {
                continue;
            }
            double[] before = Losses.brier(pair.champion(), pair.labels());
            double[] after = Losses.brier(pair.challenger(), pair.labels());
            Scores ofChampion = Scores.of(pair.champion(), pair.labels());
            Scores ofChallenger = Scores.of(pair.challenger(), pair.labels());
            events.add(new OfEvent(
                    pair.event(),
                    ofChampion.brier(),
                    ofChallenger.brier(),
                    days.difference(after, before, pair.atNanos()),
                    ofChampion.ece(),
                    ofChallenger.ece(),
                    overfitting(before, after)));
        }
        return new PromotionEvidence(kind, champion, challenger, events, asked, failed, trials);
    }

    private static double overfitting(double[] before, double[] after) {
        if (before.length < Overfitting.USUAL_BLOCKS) {
            return 1;
        }
        double[][] performance = {
            Arrays.stream(before).map(loss -> -loss).toArray(),
            Arrays.stream(after).map(loss -> -loss).toArray()
        };
        return Overfitting.of(performance, Overfitting.USUAL_BLOCKS, Overfitting.Measure.MEAN)
                .probability();
    }

    /** Instants of the event with the fewest. */
    public int instants() {
        return events.stream().mapToInt(event -> event.difference().n()).min().orElse(0);
    }

    /** Days of the event with the fewest. */
    public int days() {
        return events.stream()
                .mapToInt(event -> event.difference().days())
                .min()
                .orElse(0);
    }
}
