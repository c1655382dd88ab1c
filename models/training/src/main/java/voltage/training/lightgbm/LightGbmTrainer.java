package voltage.training.lightgbm;

import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMBooster.FeatureImportanceType;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Trains binary LightGBM models natively. Equal examples and settings give the same text. */
public final class LightGbmTrainer {
    private static final int HELD_OUT = 1;
    private static final int ALL_ROUNDS = 0;

    private final TrainingSettings settings;
    private final TrainingProgress progress;

    public LightGbmTrainer(TrainingSettings settings, TrainingProgress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Trains on the examples but a tail, which decides when to stop.
     *
     * @param heldOutShare of the examples, above 0 and below 1
     * @param gapRows left out between both parts: at least those whose label is not known when the tail begins
     */
    public TrainedModel trainWithTail(Examples examples, double heldOutShare, int gapRows) {
        int tail = (int) Math.round(examples.size() * heldOutShare);
        int head = examples.size() - tail - gapRows;
        if (tail < 1 || head < 1 || gapRows < 0) {
            throw new IllegalArgumentException("head, gap and tail must all fit into the examples: " + examples.size()
                    + " rows, held-out share " + heldOutShare + ", gap " + gapRows);
        }
        return train(examples.slice(0, head), examples.slice(examples.size() - tail, examples.size()));
    }

    /**
     * Trains, and cuts the model after the round that was best on the held-out examples.
     *
     * @param heldOut later than {@code examples}, beyond their labels' horizon; null trains all rounds
     */
    public TrainedModel train(Examples examples, @Nullable Examples heldOut) {
        requireBothOutcomes(examples, "the training examples");
        if (heldOut != null) {
            requireBothOutcomes(heldOut, "the held-out examples");
            if (!Arrays.equals(examples.names(), heldOut.names())) {
                throw new IllegalArgumentException("both sets of examples have the same features");
            }
        }
        NativeLibrary.load();
        long start = System.nanoTime();
        try (LGBMDataset data = dataset(examples, null)) {
            try (LGBMBooster booster = LGBMBooster.create(data, settings.parameters())) {
                if (heldOut == null) {
                    return result(examples, booster, rounds(booster, false, start), start);
                }
                try (LGBMDataset later = dataset(heldOut, data)) {
                    booster.addValidData(later);
                    return result(examples, booster, rounds(booster, true, start), start);
                }
            }
        } catch (LGBMException e) {
            throw new NativeLightGbmException("LightGBM could not train: " + e.getMessage(), e);
        }
    }

    private static void requireBothOutcomes(Examples examples, String what) {
        boolean some = false;
        boolean all = true;
        for (boolean label : examples.labels()) {
            some |= label;
            all &= label;
        }
        if (!some || all) {
            throw new IllegalArgumentException(what + " must hold both outcomes; was " + examples.size()
                    + " rows of one: take a longer span or another event");
        }
    }

    private LGBMDataset dataset(Examples examples, @Nullable LGBMDataset like) throws LGBMException {
        LGBMDataset data = LGBMDataset.createFromMat(
                examples.flat(), examples.size(), examples.names().length, true, settings.parameters(), like);
        data.setFeatureNames(examples.names());
        data.setField("label", examples.targets());
        return data;
    }

    /** Held-out log loss after every round; empty if nothing is held out. */
    private double[] rounds(LGBMBooster booster, boolean heldOut, long start) throws LGBMException {
        double[] losses = new double[heldOut ? settings.rounds() : 0];
        int best = 0;
        for (int round = 0; round < settings.rounds(); round++) {
            boolean finished = booster.updateOneIter();
            double loss = Double.NaN;
            if (heldOut) {
                loss = booster.getEval(HELD_OUT)[0];
                losses[round] = loss;
                best = loss < losses[best] ? round : best;
            }
            double spent = (System.nanoTime() - start) / 1e9;
            progress.round(round + 1, settings.rounds(), loss, spent / (round + 1) * (settings.rounds() - round - 1));
            boolean patient = settings.patience() == 0 || !heldOut || round - best < settings.patience();
            if (finished || !patient) {
                return heldOut ? Arrays.copyOf(losses, round + 1) : losses;
            }
        }
        return losses;
    }

    private TrainedModel result(Examples examples, LGBMBooster booster, double[] losses, long start)
            throws LGBMException {
        int best = bestRound(losses);
        String text = booster.saveModelToString(0, best, FeatureImportanceType.GAIN);
        int trees = best == ALL_ROUNDS ? countTrees(text) : best;
        return new TrainedModel(
                text,
                List.of(examples.names()),
                trees,
                losses,
                booster.featureImportance(best, FeatureImportanceType.GAIN),
                (System.nanoTime() - start) / 1e9);
    }

    /** The earliest of the best, counted from 1. */
    private int bestRound(double[] losses) {
        if (losses.length == 0 || settings.patience() == 0) {
            return ALL_ROUNDS;
        }
        int best = 0;
        for (int i = 1; i < losses.length; i++) {
            best = losses[i] < losses[best] ? i : best;
        }
        return best + 1;
    }

    private static int countTrees(String text) {
        return (int) text.lines().filter(line -> line.startsWith("Tree=")).count();
    }
}
