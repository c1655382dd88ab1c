package voltage.local.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.feature.FeatureSet;
import voltage.local.play.PlayRun;
import voltage.training.data.Cadence;
import voltage.training.data.CandleFolder;
import voltage.training.data.CandleSource;
import voltage.training.data.DamagedDataException;
import voltage.training.data.Dataset;
import voltage.training.data.DatasetBuilder;
import voltage.training.evaluate.Spans;
import voltage.worker.replay.JournalTape;

/** What is trained on and measured: candles, and the events that are asked about. */
final class DataOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "folder with btc_1m/*.csv.gz, or the folder of a run, whose journal has the minutes")
    private Path data = Path.of("");

    @Option(
            names = "--thresholds",
            split = ",",
            paramLabel = "BP",
            description = "moves in basis points whose probability is forecast; 10,15,20,30 by default")
    private List<Integer> thresholds = List.of(10, 15, 20, 30);

    @Option(
            names = "--horizons",
            split = ",",
            paramLabel = "MIN",
            description = "minutes within which they are forecast; 15 by default, a set of models has one")
    private List<Integer> horizons = List.of(15);

    Path folder() {
        return data;
    }

    /** The candles, in order. */
    CandleSource candles() {
        return source(data);
    }

    /** The candles of a folder of recordings or of a run. */
    static CandleSource source(Path folder) {
        if (PlayRun.isRun(folder)) {
            return CandleSource.of(JournalTape.read(folder.resolve("journal")).minutes());
        }
        try {
            return new CandleFolder(folder);
        } catch (DamagedDataException e) {
            throw new Refusal(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()), e);
        }
    }

    /** Made-up prices prove nothing of a model. */
    static void requireRealMinutes(Path folder) {
        if (isSimulated(folder)) {
            throw new Refusal(
                    ExitCode.REFUSED,
                    folder + " is the run of a simulated session: its prices are made up and are no evidence");
        }
    }

    private static boolean isSimulated(Path folder) {
        return PlayRun.isRun(folder) && PlayRun.about(folder).source().equals("simulated");
    }

    /** Where the minutes are from, for whoever reads the card of what was trained on them. */
    String source() {
        if (!PlayRun.isRun(data)) {
            return "Binance BTCUSDT candles, " + data.getFileName() + "/btc_1m";
        }
        PlayRun.About about = PlayRun.about(data);
        return "journal of a run, " + about.source() + " session " + about.session()
                + (isSimulated(data) ? ": MADE-UP PRICES" : "");
    }

    List<VolatilityEvent> events() {
        if (thresholds.stream().anyMatch(bp -> bp < 1 || bp > 1_000) || thresholds.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--thresholds are 1 to 1000 basis points, were " + thresholds);
        }
        if (horizons.stream().anyMatch(minutes -> minutes < 1 || minutes > 1_440) || horizons.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--horizons are 1 to 1440 minutes, were " + horizons);
        }
        return VolatilityEvent.grid(horizons, thresholds);
    }

    /** A set of models, and a net, forecast within one horizon. */
    void requireOneHorizon(String what) {
        if (horizons.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(), what + " forecasts within one horizon, --horizons were " + horizons);
        }
    }

    Dataset read(PrintWriter progress) {
        List<VolatilityEvent> events = events();
        CandleSource candles = candles();
        progress.println("reading the minutes in " + data);
        try {
            return DatasetBuilder.build(candles, FeatureSet.CANDLES, Cadence.MINUTE, events);
        } catch (DamagedDataException e) {
            throw new Refusal(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()), e);
        }
    }

    /** Of a training that is tested once. */
    static Spans spans(Dataset dataset) {
        return folds(dataset, Spans.TEST_SHARE, 1).getFirst();
    }

    /** Of a walk through the test in folds. */
    static List<Spans> folds(Dataset dataset, double testShare, int folds) {
        try {
            return Spans.walkForward(dataset, testShare, folds);
        } catch (IllegalArgumentException e) {
            throw new Refusal(
                    ExitCode.CONFIGURATION, "there are too few candles to train and test on: " + e.getMessage(), e);
        }
    }
}
