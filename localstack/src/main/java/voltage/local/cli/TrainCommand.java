package voltage.local.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import voltage.forecast.artifact.DirectoryModelStore;
import voltage.forecast.artifact.ModelArtifact;
import voltage.training.artifact.SetTraining;
import voltage.training.data.Dataset;
import voltage.training.evaluate.Spans;
import voltage.training.lightgbm.TrainingSettings;
import voltage.training.patchtst.TrainedNet;

@Command(
        name = "train",
        description = {
            "Trains a set of models on candles and seals it as a new version, with its figures on the part it has not seen.",
            "The last 40 %% of the latest stretch are the test; nothing is fitted to it. Equal data, code, day and machine give an equal version."
        })
final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOptions data = new DataOptions();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "where versions go, a folder each; runs/models by default")
    private Path out = Path.of("runs", "models");

    @Mixin
    private MemberOptions members = MemberOptions.withNet();

    @Override
    public Integer call() {
        boolean hasNet = members.haveNet();
        data.requireOneHorizon("a set of models");
        PrintWriter terminal = spec.commandLine().getErr();
        Dataset dataset = data.read(terminal);
        Spans spans = DataOptions.spans(dataset);
        TrainedNet net = null;
        Path folder = out.resolve("patchtst-unfinished");
        if (hasNet) {
            terminal.println("patchtst: training");
            net = NetTrainings.training(folder, terminal).train(dataset, data.events(), spans);
        }
        SetTraining.Result result = new SetTraining(
                        TrainingSettings.USUAL, MemberOptions.trees(terminal), terminal::println)
                .train(dataset, spans, Instant.now(), data.source(), net);
        new DirectoryModelStore(out).publish(result.artifact());
        if (net != null) {
            NetTrainings.remove(folder);
        }
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
        answer.println("its card: " + out.resolve(result.artifact().version()).resolve(ModelArtifact.CARD));
        answer.println("next: ./voltage models shadow " + result.artifact().version() + " --lane paper --from " + out);
        return ExitCode.OK;
    }
}
