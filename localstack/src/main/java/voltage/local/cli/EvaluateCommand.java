package voltage.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import voltage.training.data.DamagedDataException;
import voltage.training.data.Dataset;
import voltage.training.evaluate.Evaluation;
import voltage.training.evaluate.Evaluator;
import voltage.training.evaluate.Spans;
import voltage.training.lightgbm.TrainingSettings;
import voltage.training.outcome.OutcomeEvaluation;
import voltage.training.report.EvaluationPage;

@Command(
        name = "evaluate",
        description = {
            "Trains the models of volatility events on the past and tests them once on what followed, beside climatology and HAR-logit.",
            "The end of the latest stretch of candles is the test, at each quarter-hour, walked through in folds: each is tested",
            "by models trained anew on what was before it, as a weekly retraining would. Intervals are of days drawn anew.",
            "Where DIR also has kxbtc15m_minute_quotes/*.csv.gz, other models of the same kinds, trained on what ended before the first quote, are compared with the market's own price by minutes to close."
        },
        footerHeading = "%nWhat --json gives:%n",
        footer = {
            "  targets.EVENT.MODEL and minutes.M.MODEL have brier, logLoss, auc, ece, n and ci95 (95 %% of the Brier score).",
            "  targets.EVENT.folds tell of each training: its spans, Brier scores, the ensemble's weights and calibrator.",
            "  MODEL is climatology, harLogit, lightgbm, patchtst, ensemble, market or ideal. What there is not is null: patchtst",
            "  without a trained net, market and ideal of an event, auc, ece and ci95 of the ideal.",
            "  minutes is by whole minutes to close, 15 to 1, and all, with what ours knows ending before the quote's minute;",
            "  minutesSameMinute is the same with means over the quote's own minute. Both are null without quotes.",
            "  outcomes is of made-up contracts of the candles: minutes.M.MODEL, M from 14 to 1 and all, MODEL also direct (trees",
            "  trained on the outcome itself) and pool; weight (of direct in the pool), directLessFormula and poolLessFormula."
        })
final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private MemberOptions members = MemberOptions.withoutNet();

    @Option(
            names = "--folds",
            paramLabel = "N",
            defaultValue = "5",
            description =
                    "parts of the test, each with models of its own; ${DEFAULT-VALUE}, about a week each on the recordings")
    private int folds;

    @Option(
            names = "--test-share",
            paramLabel = "SHARE",
            description = "of the latest stretch of candles, at most 0.75; 0.4 by default")
    private double testShare = Spans.TEST_SHARE;

    @Option(names = "--json", description = "one JSON object on standard output")
    private boolean json;

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description = "writes a page that a trader can read: words, tables and plots, all in one file")
    private @Nullable Path report;

    @Override
    public Integer call() throws JsonProcessingException {
        boolean hasNet = members.haveNet();
        if (hasNet) {
            data.requireOneHorizon("a net");
        }
        PrintWriter progress = spec.commandLine().getErr();
        Dataset dataset = data.read(progress);
        Evaluation evaluation = evaluate(dataset, DataOptions.folds(dataset, testShare, folds), hasNet, progress);
        Path file = report;
        if (file != null) {
            write(file, EvaluationPage.of(evaluation, Instant.now()));
            progress.println("the report is " + file);
        }
        if (json) {
            spec.commandLine().getOut().println(LaneOptions.JSON.writeValueAsString(EvaluationJson.of(evaluation)));
        } else {
            new EvaluationText(spec.commandLine().getOut()).print(evaluation);
        }
        return ExitCode.OK;
    }

    private Evaluation evaluate(Dataset dataset, List<Spans> tests, boolean hasNet, PrintWriter progress) {
        try (NetTrainings nets = new NetTrainings(progress)) {
            return new Evaluator(
                            TrainingSettings.USUAL,
                            MemberOptions.trees(progress),
                            hasNet ? nets : Evaluator.NetSource.NONE,
                            new OutcomeEvaluation(TrainingSettings.USUAL, MemberOptions.trees(progress)),
                            progress::println)
                    .run(dataset, tests, data.candles(), data.folder());
        } catch (DamagedDataException e) {
            throw new Refusal(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()), e);
        }
    }

    private static void write(Path file, String page) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, page);
        } catch (IOException e) {
            throw new Refusal(
                    ExitCode.CONFIGURATION,
                    "the report cannot be written to " + file + ": " + e.getMessage() + "; name a file that can",
                    e);
        }
    }
}
