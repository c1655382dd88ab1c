package voltage.training.patchtst;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.feature.Feature;
import voltage.forecast.feature.MinuteWindow;
import voltage.forecast.model.ForecastInput;
import voltage.forecast.patchtst.NetInputs;
import voltage.forecast.patchtst.PatchTst;
import voltage.training.data.Dataset;
import voltage.training.evaluate.Spans;

/** Trains one net for several events of a data set, before the held-out span; the rows that stop it are the latest of its own. */
public final class PatchTstTraining {
    /** The level that the window lacks, and what the calendar knows. Signs say nothing of a volatility, so no returns. */
    public static final List<Feature> LEVELS = List.of(
            Feature.LOG_PARKINSON_5M,
            Feature.LOG_PARKINSON_15M,
            Feature.LOG_PARKINSON_1H,
            Feature.LOG_PARKINSON_4H,
            Feature.LOG_PARKINSON_24H,
            Feature.LOG_REALISED_15M,
            Feature.LOG_REALISED_1H,
            Feature.LOG_REALISED_24H,
            Feature.VOLUME_Z_20M,
            Feature.JUMP_SHARE_1H,
            Feature.JUMP_SHARE_24H,
            Feature.LOG_DIURNAL_NEXT_15M,
            Feature.LOG_DIURNAL_SHIFT_1H,
            Feature.LOG_MINUTE_NEXT_15M,
            Feature.LOG_MINUTE_SHIFT_5M,
            Feature.HOUR_SIN,
            Feature.HOUR_COS,
            Feature.WEEKDAY_SIN,
            Feature.WEEKDAY_COS);

    private static final double STOP_SHARE = 0.15;
    private static final int MOST_STOP_ROWS = 8_000;
    private static final int MOST_CHECKED_ROWS = 500;
    private static final double MOST_DIFFERENCE = 1e-5;

    private final NetSettings settings;
    private final Path folder;
    private final Path cache;
    private final NetProgress progress;

    /**
     * A training.
     *
     * @param folder for everything that the process needs and leaves, about 800 bytes a row; after an interruption the same call goes on there
     * @param cache where PyTorch's libraries are unpacked, 430 MB; may be shared by all trainings
     */
    public PatchTstTraining(NetSettings settings, Path folder, Path cache, NetProgress progress) {
        this.settings = settings;
        this.folder = folder;
        this.cache = cache;
        this.progress = progress;
    }

    /**
     * Trains.
     *
     * @param events of one horizon, targets of the data set
     * @throws NetTrainingException if the process fails, or the served graph says something else than the trained one
     */
    public TrainedNet train(Dataset data, List<VolatilityEvent> events, Spans spans) {
        int horizon = horizon(events);
        Dataset past = data.between(spans.fromNanos(), Spans.purged(spans.holdFromNanos(), horizon));
        int[] usable = usable(past, events);
        int[] train = before(past, usable, horizon);
        int[] stop = after(past, usable, train);
        if (train.length < settings.batch() || stop.length == 0) {
            throw new IllegalArgumentException("a net needs at least " + settings.batch()
                    + " rows to learn from and others to stop by, was " + train.length + " and " + stop.length
                    + "; give more minutes");
        }
        NetInputs inputs = inputs(past, train, events);
        try {
            Files.createDirectories(folder);
            int[] all =
                    IntStream.concat(Arrays.stream(train), Arrays.stream(stop)).toArray();
            Task task = new Task(
                    settings,
                    events.size(),
                    inputs.levelCount(),
                    train.length,
                    stop.length,
                    Math.min(stop.length, MOST_CHECKED_ROWS),
                    Examples.write(folder, past, all, inputs));
            Files.writeString(folder.resolve(Task.FILE), task.text());
            new ChildProcess(folder, cache, settings, progress).run();
            TrainingProcess.Result result = TrainingProcess.Result.read(folder);
            TrainedNet trained = trained(task, inputs, result, past, all);
            Files.delete(folder.resolve(Examples.FILE));
            return trained;
        } catch (IOException e) {
            throw new UncheckedIOException("the training's folder " + folder + " cannot be used", e);
        }
    }

    private static int horizon(List<VolatilityEvent> events) {
        int[] horizons = events.stream()
                .mapToInt(VolatilityEvent::horizonMinutes)
                .distinct()
                .toArray();
        if (horizons.length != 1) {
            throw new IllegalArgumentException("a net forecasts events of one horizon, was " + events);
        }
        return horizons[0];
    }

    /** Rows with an outcome, a window and all levels. */
    private static int[] usable(Dataset past, List<VolatilityEvent> events) {
        int[] columns = LEVELS.stream().mapToInt(past.set()::indexOf).toArray();
        VolatilityEvent event = events.get(0);
        return IntStream.range(0, past.size())
                .filter(row -> past.label(event, row) != Dataset.UNKNOWN)
                .filter(row -> Arrays.stream(columns).allMatch(column -> Double.isFinite(past.row(row)[column])))
                .filter(row -> past.input(row).window() != null)
                .toArray();
    }

    /** All but the latest share, purged of those whose outcome reaches into it. */
    private static int[] before(Dataset past, int[] usable, int horizon) {
        if (usable.length == 0) {
            return usable;
        }
        long stopFrom = past.atNanos(usable[(int) ((1 - STOP_SHARE) * (usable.length - 1))]);
        long until = Spans.purged(stopFrom, horizon);
        return Arrays.stream(usable).filter(row -> past.atNanos(row) < until).toArray();
    }

    /** The latest share, thinned: neighbouring minutes have nearly the same outcome. */
    private static int[] after(Dataset past, int[] usable, int[] train) {
        if (train.length == 0) {
            return train;
        }
        long stopFrom = past.atNanos(usable[(int) ((1 - STOP_SHARE) * (usable.length - 1))]);
        int[] late = Arrays.stream(usable)
                .filter(row -> past.atNanos(row) >= stopFrom)
                .toArray();
        int step = Math.ceilDiv(late.length, MOST_STOP_ROWS);
        return IntStream.range(0, late.length)
                .filter(i -> i % step == 0)
                .map(i -> late[i])
                .toArray();
    }

    private static NetInputs inputs(Dataset past, int[] train, List<VolatilityEvent> events) {
        int step = Math.ceilDiv(train.length, 20_000);
        List<double[]> rows = new ArrayList<>();
        List<MinuteWindow> windows = new ArrayList<>();
        for (int i = 0; i < train.length; i += step) {
            rows.add(past.row(train[i]));
            windows.add(Objects.requireNonNull(past.input(train[i]).window()));
        }
        return NetInputs.fit(past.set(), events, LEVELS, rows, windows);
    }

    private TrainedNet trained(Task task, NetInputs inputs, TrainingProcess.Result result, Dataset past, int[] all) {
        byte[] onnx = OnnxGraph.of(settings, task.events(), task.levels(), result.weights());
        double worst = 0;
        try (PatchTst net = PatchTst.load(onnx, inputs)) {
            for (int i = 0; i < task.checkedRows(); i++) {
                ForecastInput input = past.input(all[all.length - task.checkedRows() + i]);
                double[] said = net.probabilities(input.row(), Objects.requireNonNull(input.window()));
                for (int event = 0; event < said.length; event++) {
                    double difference = Math.abs(said[event] - result.checked()[i * said.length + event]);
                    worst = Double.isNaN(difference) ? Double.NaN : Math.max(worst, difference);
                }
            }
        }
        if (!(worst <= MOST_DIFFERENCE)) {
            throw new NetTrainingException(
                    "the served graph must say what the trained one says to " + MOST_DIFFERENCE + ", was " + worst
                            + " apart: the export is wrong, this net is not to be used",
                    null);
        }
        return new TrainedNet(
                onnx,
                inputs,
                settings,
                result.epochs(),
                task.trainRows(),
                task.stopRows(),
                worst,
                result.epochs().stream().mapToDouble(EpochFigures::seconds).sum());
    }
}
