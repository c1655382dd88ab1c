package voltage.training.evaluate;

import java.util.Locale;
import java.util.SplittableRandom;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.lightgbm.LightGbmModel;
import voltage.training.data.Dataset;
import voltage.training.data.LabelledRows;
import voltage.training.lightgbm.Examples;
import voltage.training.lightgbm.LightGbmTrainer;
import voltage.training.lightgbm.TrainingSettings;
import voltage.training.measure.DayBootstrap;
import voltage.training.measure.Interval;
import voltage.training.measure.Losses;

/** Trees trained on labels that have been dealt out anew can know nothing; if they do well nevertheless, the test leaks. */
public final class ShuffledLabels {
    private static final long SEED = 20_261_121;
    private static final int RESAMPLES = 1_000;
    private static final int ROUNDS = 50;

    private ShuffledLabels() {}

    /**
     * What was found.
     *
     * @param skill of the trees over the training's base rate, {@code 1 − B/B₀}, by days
     */
    public record Finding(Interval skill) {
        /** Skill that cannot be there. */
        public boolean isLeak() {
            return skill.low() > 0;
        }

        public String words() {
            return String.format(
                    Locale.ROOT,
                    "skill %+.4f, 95 %% %+.4f to %+.4f of %d rows: %s",
                    skill.estimate(),
                    skill.low(),
                    skill.high(),
                    skill.n(),
                    isLeak() ? "there is skill where none can be" : "none, as it must be");
        }
    }

    /** Shuffles the training's labels of one event, trains, and tests on what follows. */
    public static Finding of(Dataset data, VolatilityEvent event, Spans spans, TrainingSettings settings) {
        LabelledRows past = data.between(spans.fromNanos(), Spans.purged(spans.holdFromNanos(), event.horizonMinutes()))
                .labelled(event);
        boolean[] labels = past.labels().clone();
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = labels.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            boolean swapped = labels[i];
            labels[i] = labels[j];
            labels[j] = swapped;
        }
        LightGbmModel trees = new LightGbmTrainer(settings.withRounds(ROUNDS, 0), (round, rounds, loss, left) -> {})
                .train(new Examples(past.names(), past.rows(), labels), null)
                .served();
        LabelledRows test =
                data.between(spans.testFromNanos(), spans.endNanos()).labelled(event);
        double[] said = new double[test.size()];
        double[] base = new double[test.size()];
        for (int i = 0; i < said.length; i++) {
            said[i] = trees.probability(test.rows()[i]);
            base[i] = past.baseRate();
        }
        return new Finding(new DayBootstrap(RESAMPLES, SEED)
                .skill(Losses.brier(said, test.labels()), Losses.brier(base, test.labels()), test.atNanos()));
    }
}
