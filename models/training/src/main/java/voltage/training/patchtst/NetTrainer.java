package voltage.training.patchtst;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import voltage.forecast.feature.MinuteWindow;

/** The epochs: AdamW on batches, a checkpoint after each, the end when the held-out loss has not fallen for as long as patience lasts. */
final class NetTrainer {
    private static final float LEAST_PROBABILITY = 1e-6f;
    private static final double WARM_UP_STEPS = 100;
    private static final double MOST_KEPT = 0.998;
    private static final double LAST_RATE_SHARE = 0.02;

    private final Path folder;
    private final Task task;
    private final NetSettings settings;
    private final Examples examples;
    private final NetLayout layout;
    private final Network network;
    private final Engine engine;
    private final Device device;

    NetTrainer(Path folder, Task task) {
        this.folder = folder;
        this.task = task;
        settings = task.settings();
        examples = Examples.map(folder, task);
        layout = new NetLayout(settings, task.events(), task.levels());
        network = new Network(settings, layout, task.events(), task.levels());
        engine = Engine.getInstance();
        device = engine.getGpuCount() > 0 ? Device.gpu() : Device.cpu();
    }

    String device() {
        return device.toString();
    }

    /** Trains to the end, from the last checkpoint of this task if there is one. */
    Checkpoint train(Consumer<Checkpoint> afterEpoch) throws IOException {
        Checkpoint now = Checkpoint.read(folder, task.text());
        if (now == null) {
            float[] start = layout.start(settings.seed(), examples.rates(task.trainRows()));
            now = new Checkpoint(List.of(), 0, start, start, new float[start.length], new float[start.length], start);
        }
        while (!isOver(now.epochs())) {
            now = epoch(now);
            now.write(folder, task.text());
            afterEpoch.accept(now);
        }
        return now;
    }

    private boolean isOver(List<EpochFigures> epochs) {
        return epochs.size() >= settings.epochs()
                || (!epochs.isEmpty() && epochs.size() - 1 - EpochFigures.best(epochs) >= settings.patience());
    }

    private Checkpoint epoch(Checkpoint before) {
        long began = System.nanoTime();
        int number = before.epochs().size();
        // All that is drawn is drawn from the epoch's own seed: nothing is owed to the epochs before.
        engine.setRandomSeed((int) (settings.seed() + number));
        SplittableRandom random = new SplittableRandom(settings.seed() + number);
        int[] rows = drawn(number);
        float[] weights = before.weights().clone();
        float[] average = before.average().clone();
        AdamW optimiser = new AdamW(layout.decayed(), settings.weightDecay());
        System.arraycopy(before.first(), 0, optimiser.first, 0, weights.length);
        System.arraycopy(before.second(), 0, optimiser.second, 0, weights.length);
        long step = before.step();
        double loss = 0;
        int batches = rows.length / settings.batch();
        for (int b = 0; b < batches; b++) {
            int[] batch = Arrays.copyOfRange(rows, b * settings.batch(), (b + 1) * settings.batch());
            boolean[] mirrored = new boolean[batch.length];
            for (int i = 0; i < mirrored.length; i++) {
                mirrored[i] = random.nextBoolean();
            }
            step++;
            loss += step(weights, examples.batch(batch, mirrored), optimiser, rate(step, batches), step) / batches;
            follow(average, weights, step);
        }
        double stop = stopLoss(average);
        List<EpochFigures> epochs = new ArrayList<>(before.epochs());
        epochs.add(new EpochFigures(loss, stop, (System.nanoTime() - began) / 1e9));
        boolean isBest = EpochFigures.best(epochs) == number;
        return new Checkpoint(
                epochs, step, weights, average, optimiser.first, optimiser.second, isBest ? average : before.best());
    }

    /** An average forgets its beginning at once and later half of it in some 350 steps: single steps are noise. */
    private static void follow(float[] average, float[] weights, long step) {
        double kept = Math.min(MOST_KEPT, (1.0 + step) / (10 + step));
        for (int i = 0; i < average.length; i++) {
            average[i] = (float) (kept * average[i] + (1 - kept) * weights[i]);
        }
    }

    /** The epoch's rows: the next so many of a shuffled order, which is a new one when all were drawn. */
    private int[] drawn(int epoch) {
        int count = Math.min(settings.rowsPerEpoch(), task.trainRows());
        int[] rows = new int[count];
        int[] order = {};
        long shuffled = -1;
        for (int i = 0; i < count; i++) {
            long at = (long) epoch * count + i;
            if (at / task.trainRows() != shuffled) {
                shuffled = at / task.trainRows();
                order = order(shuffled);
            }
            rows[i] = order[(int) (at % task.trainRows())];
        }
        return rows;
    }

    private int[] order(long shuffled) {
        SplittableRandom random = new SplittableRandom(settings.seed() ^ (shuffled + 1) * 0x9e3779b97f4a7c15L);
        int[] order = IntStream.range(0, task.trainRows()).toArray();
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }

    /** Rises over the first steps, then falls along a cosine to the last epoch. */
    private double rate(long step, int batches) {
        double done = step / (double) (batches * settings.epochs());
        double cosine = LAST_RATE_SHARE + (1 - LAST_RATE_SHARE) * (1 + Math.cos(Math.PI * done)) / 2;
        return settings.learningRate() * Math.min(1, step / WARM_UP_STEPS) * cosine;
    }

    private double step(float[] weights, Examples.Batch batch, AdamW optimiser, double rate, long step) {
        try (NDManager manager = NDManager.newBaseManager(device)) {
            NDArray vector = manager.create(weights);
            vector.setRequiresGradient(true);
            double loss;
            float[] gradient;
            try (GradientCollector collector = engine.newGradientCollector()) {
                NDArray lost = loss(forward(manager, vector, batch, true), labels(manager, batch));
                collector.backward(lost);
                loss = lost.getFloat();
                try (NDArray slope = vector.getGradient()) {
                    gradient = slope.toFloatArray();
                }
            }
            optimiser.step(weights, gradient, rate, step);
            return loss;
        }
    }

    private NDArray forward(NDManager manager, NDArray vector, Examples.Batch batch, boolean training) {
        return network.forward(
                vector,
                manager.create(batch.windows(), new Shape(batch.rows(), MinuteWindow.CHANNELS, MinuteWindow.MINUTES)),
                manager.create(batch.levels(), new Shape(batch.rows(), task.levels())),
                training);
    }

    private NDArray labels(NDManager manager, Examples.Batch batch) {
        return manager.create(batch.labels(), new Shape(batch.rows(), task.events()));
    }

    /** Mean log loss over rows and events. */
    private static NDArray loss(NDArray probabilities, NDArray labels) {
        NDArray happened = probabilities.clip(LEAST_PROBABILITY, 1 - LEAST_PROBABILITY);
        NDArray not = happened.neg().add(1);
        return labels.mul(happened.log())
                .add(labels.neg().add(1).mul(not.log()))
                .mean()
                .neg();
    }

    private double stopLoss(float[] weights) {
        double sum = 0;
        for (int from = 0; from < task.stopRows(); from += settings.batch()) {
            int to = Math.min(task.stopRows(), from + settings.batch());
            Examples.Batch batch = unmirrored(task.trainRows() + from, task.trainRows() + to);
            try (NDManager manager = NDManager.newBaseManager(device)) {
                NDArray said = forward(manager, manager.create(weights), batch, false);
                sum += loss(said, labels(manager, batch)).getFloat() * (to - from);
            }
        }
        return sum / task.stopRows();
    }

    private Examples.Batch unmirrored(int from, int to) {
        return examples.batch(IntStream.range(from, to).toArray(), new boolean[to - from]);
    }

    /** What the trained net says of the last rows, row by row: the served graph must say the same. */
    float[] check(float[] weights) {
        int end = task.trainRows() + task.stopRows();
        try (NDManager manager = NDManager.newBaseManager(device)) {
            return forward(manager, manager.create(weights), unmirrored(end - task.checkedRows(), end), false)
                    .toFloatArray();
        }
    }
}
