package voltage.local.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import voltage.forecast.artifact.DirectoryModelStore;
import voltage.training.artifact.SetTraining;
import voltage.training.data.Dataset;
import voltage.training.evaluate.Spans;
import voltage.training.lightgbm.TrainingSettings;
import voltage.training.patchtst.NetSettings;
import voltage.training.patchtst.PatchTstTraining;

@Command(
        name = "train",
        description = {
            "Trains a set of models on candles and seals it as a new version, with its figures on the part it has not seen.",
            "The last 40 % of the latest stretch are the test; nothing is fitted to it. Equal data and code give an equal version."
        })
final class TrainCommand implements Callable<Integer> {
    private static final int SAID_EVERY_ROUNDS = 50;
    private static final String TREES = "lightgbm";
    private static final String NET = "patchtst";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOptions data = new DataOptions();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "where versions go, a folder each; runs/models by default")
    private Path out = Path.of("runs", "models");

    @Option(
            names = "--models",
            split = ",",
            paramLabel = "NAME",
            description = "lightgbm, or lightgbm,patchtst, which is the default: the net takes some minutes more")
    private Set<String> models = Set.of(TREES, NET);

    @Override
    public Integer call() {
        if (!models.contains(TREES) || !Set.of(TREES, NET).containsAll(models)) {
            throw new ParameterException(
                    spec.commandLine(), "--models is lightgbm or lightgbm,patchtst, was " + String.join(",", models));
        }
        PrintWriter terminal = spec.commandLine().getErr();
        Dataset dataset = data.read(terminal);
        Spans spans = DataOptions.spans(dataset);
        SetTraining.Result result = new SetTraining(
                        TrainingSettings.USUAL,
                        (round, rounds, loss, secondsLeft) -> {
                            if (round % SAID_EVERY_ROUNDS == 0) {
                                terminal.println(String.format(
                                        Locale.ROOT,
                                        "  %d of at most %d trees, held-out log loss %.4f, %.0f s left",
                                        round,
                                        rounds,
                                        loss,
                                        secondsLeft));
                                terminal.flush();
                            }
                        },
                        terminal::println,
                        models.contains(NET) ? nets(terminal) : null)
                .train(dataset, spans, Instant.now());
        new DirectoryModelStore(out).publish(result.artifact());
        PrintWriter answer = spec.commandLine().getOut();
        answer.println(result.artifact().version() + " is in "
                + out.resolve(result.artifact().version()));
        result.reports()
                .forEach(report -> report.figures()
                        .forEach((model, figures) -> answer.println(String.format(
                                Locale.ROOT,
                                "  %-16s %-12s Brier %.4f  ECE %.4f  AUC %.4f  of %d quarter-hours",
                                report.event().name(),
                                model,
                                figures.scores().brier(),
                                figures.scores().ece(),
                                figures.scores().auc(),
                                figures.scores().n()))));
        answer.println("next: ./voltage models promote " + result.artifact().version() + " --from " + out);
        return ExitCode.OK;
    }

    /** What it leaves stays beside the versions: a training that was interrupted goes on there. */
    private PatchTstTraining nets(PrintWriter terminal) {
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "voltage", "djl");
        return new PatchTstTraining(
                NetSettings.USUAL, out.resolve(".patchtst"), cache, (epoch, epochs, figures, secondsLeft) -> {
                    terminal.println(String.format(
                            Locale.ROOT,
                            "  epoch %d of at most %d, held-out log loss %.4f, %.0f s left",
                            epoch,
                            epochs,
                            figures.stopLoss(),
                            secondsLeft));
                    terminal.flush();
                });
    }
}
