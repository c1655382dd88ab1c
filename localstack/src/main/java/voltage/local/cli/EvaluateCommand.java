package voltage.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.feature.FeatureSet;
import voltage.training.data.Cadence;
import voltage.training.data.CandleFolder;
import voltage.training.data.DamagedDataException;
import voltage.training.data.Dataset;
import voltage.training.data.DatasetBuilder;
import voltage.training.evaluate.EventEvaluation;
import voltage.training.evaluate.EventTraining;
import voltage.training.evaluate.Spans;
import voltage.training.lightgbm.TrainingSettings;
import voltage.training.measure.Interval;

@Command(
        name = "evaluate",
        description = {
            "Trains the models of volatility events on the past and tests them once on what followed, beside climatology and HAR-logit.",
            "The last 40 % of the latest stretch of candles are the test, at each quarter-hour; intervals are of days drawn anew."
        })
final class EvaluateCommand implements Callable<Integer> {
    private static final int HORIZON_MINUTES = 15;
    private static final int SAID_EVERY_ROUNDS = 50;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "folder with btc_1m/*.csv.gz")
    private Path data = Path.of("");

    @Option(
            names = "--thresholds",
            split = ",",
            paramLabel = "BP",
            description = "moves in basis points whose probability is forecast; 10,15,20,30 by default")
    private List<Integer> thresholds = List.of(10, 15, 20, 30);

    @Option(names = "--json", description = "one JSON object on standard output")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        if (thresholds.stream().anyMatch(bp -> bp < 1 || bp > 1_000) || thresholds.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--thresholds are 1 to 1000 basis points, were " + thresholds);
        }
        PrintWriter progress = spec.commandLine().getErr();
        Dataset dataset = read(progress);
        Spans spans = spans(dataset);
        List<EventEvaluation.Report> reports = new ArrayList<>();
        for (VolatilityEvent event : dataset.targets()) {
            progress.println(event.name() + ": training");
            EventTraining training = new EventTraining(TrainingSettings.USUAL, (round, rounds, loss, secondsLeft) -> {
                if (round % SAID_EVERY_ROUNDS == 0) {
                    progress.println(String.format(
                            Locale.ROOT,
                            "  %d of at most %d trees, held-out log loss %.4f, %.0f s left",
                            round,
                            rounds,
                            loss,
                            secondsLeft));
                    progress.flush();
                }
            });
            EventTraining.Trained trained = training.train(dataset, event, spans);
            progress.println("  trained on " + trained.trainedOn() + " minutes, "
                    + trained.trees().bestRound() + " trees; pooled and calibrated on " + trained.heldOut());
            reports.add(EventEvaluation.test(dataset, trained, spans));
        }
        if (json) {
            spec.commandLine().getOut().println(LaneOptions.JSON.writeValueAsString(json(dataset, spans, reports)));
        } else {
            reports.forEach(this::print);
        }
        return ExitCode.OK;
    }

    private Dataset read(PrintWriter progress) {
        try {
            CandleFolder folder = new CandleFolder(data);
            progress.println("reading " + folder.files().size() + " files in " + data);
            return DatasetBuilder.build(
                    folder,
                    FeatureSet.CANDLES,
                    Cadence.MINUTE,
                    VolatilityEvent.grid(List.of(HORIZON_MINUTES), thresholds));
        } catch (DamagedDataException e) {
            throw new Refusal(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()), e);
        }
    }

    private static Spans spans(Dataset dataset) {
        try {
            return Spans.of(dataset);
        } catch (IllegalArgumentException e) {
            throw new Refusal(
                    ExitCode.CONFIGURATION, "there are too few candles to train and test on: " + e.getMessage(), e);
        }
    }

    private void print(EventEvaluation.Report report) {
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.println(String.format(
                Locale.ROOT,
                "%s: %d quarter-hours, it happened in %.1f %%",
                report.event().name(),
                report.instants(),
                100 * report.baseRate()));
        out.println("  model         Brier    95 % of days        log loss  AUC     ECE");
        report.figures()
                .forEach((model, figures) -> out.println(String.format(
                        Locale.ROOT,
                        "  %-12s  %.4f   %.4f to %.4f   %.4f    %.4f  %.4f",
                        model,
                        figures.scores().brier(),
                        figures.brier().low(),
                        figures.brier().high(),
                        figures.scores().logLoss(),
                        figures.scores().auc(),
                        figures.scores().ece())));
        out.println("  ensemble less harLogit: " + text(report.againstHar()));
        out.println("  ensemble less lightgbm: " + text(report.againstTrees()));
        out.println("  weights " + report.weights());
    }

    private static String text(Interval difference) {
        return String.format(
                Locale.ROOT,
                "%+.5f, 95 %% %+.5f to %+.5f: %s",
                difference.estimate(),
                difference.low(),
                difference.high(),
                difference.excludesZero()
                        ? "the interval excludes zero"
                        : "the interval includes zero, so nothing is claimed");
    }

    private static ObjectNode json(Dataset dataset, Spans spans, List<EventEvaluation.Report> reports) {
        ObjectNode body = LaneOptions.JSON
                .createObjectNode()
                .put("features", dataset.set().version())
                .put("candleHash", dataset.candleHash())
                .put("trainedFrom", at(spans.fromNanos()))
                .put("heldOutFrom", at(spans.holdFromNanos()))
                .put("testedFrom", at(spans.testFromNanos()))
                .put("testedTo", at(spans.endNanos()));
        for (EventEvaluation.Report report : reports) {
            ObjectNode target =
                    body.withObjectProperty("targets").putObject(report.event().name());
            target.put("n", report.instants()).put("baseRate", report.baseRate());
            report.figures().forEach((model, figures) -> {
                ObjectNode row = target.putObject(model)
                        .put("brier", figures.scores().brier())
                        .put("logLoss", figures.scores().logLoss())
                        .put("auc", figures.scores().auc())
                        .put("ece", figures.scores().ece())
                        .put("n", figures.scores().n());
                row.putArray("ci95")
                        .add(figures.brier().low())
                        .add(figures.brier().high());
            });
            difference(target.putObject("ensembleLessHarLogit"), report.againstHar());
            difference(target.putObject("ensembleLessLightgbm"), report.againstTrees());
            ObjectNode weights = target.putObject("weights");
            report.weights().forEach(weights::put);
        }
        return body;
    }

    private static void difference(ObjectNode node, Interval interval) {
        node.put("brier", interval.estimate());
        node.putArray("ci95").add(interval.low()).add(interval.high());
    }

    private static String at(long nanos) {
        return Instant.ofEpochSecond(0, nanos).toString();
    }
}
