package voltage.local.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.feature.FeatureSet;
import voltage.training.data.Cadence;
import voltage.training.data.Dataset;
import voltage.training.data.DatasetBuilder;
import voltage.training.data.LeakCheck;
import voltage.training.evaluate.ShuffledLabels;
import voltage.training.evaluate.Spans;
import voltage.training.lightgbm.TrainingSettings;

@Command(
        name = "leak-check",
        description = {
            "Looks for the future in the data: features made again with the data cut off must be the same to the last bit, labels made"
                    + " again from the closes too, and models trained on shuffled labels must show no skill.",
            "Exit 0: nothing found; 1: a leak."
        })
final class LeakCheckCommand implements Callable<Integer> {
    private static final int CUTS = 3;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOptions data = new DataOptions();

    @Override
    public Integer call() {
        PrintWriter progress = spec.commandLine().getErr();
        Dataset dataset = data.read(progress);
        Spans spans = DataOptions.spans(dataset);
        List<VolatilityEvent> events = data.events();
        LeakCheck check = new LeakCheck(data.candles());
        long[] cuts = new long[CUTS];
        for (int i = 0; i < CUTS; i++) {
            cuts[i] = dataset.atNanos((int) ((long) dataset.size() * (i + 1) / (CUTS + 1)));
        }
        List<String> findings = new ArrayList<>();
        progress.println("making the features again with the data cut off at " + CUTS + " instants");
        findings.addAll(check.futureCutOff(
                source -> DatasetBuilder.build(source, FeatureSet.CANDLES, Cadence.MINUTE, events), cuts));
        progress.println("making the labels again from the closes");
        findings.addAll(check.labels(dataset));
        progress.println("training on shuffled labels");
        ShuffledLabels.Finding shuffled = ShuffledLabels.of(dataset, events.getFirst(), spans, TrainingSettings.USUAL);
        PrintWriter out = spec.commandLine().getOut();
        out.println("features, labels: " + dataset.size() + " rows, " + (findings.isEmpty() ? "no" : findings.size())
                + " differences");
        findings.forEach(finding -> out.println("  " + finding));
        out.println("shuffled labels: " + shuffled.words());
        boolean isClean = findings.isEmpty() && !shuffled.isLeak();
        out.println(isClean ? "no leak found" : "LEAK: do not trust any figure until it is explained");
        return isClean ? ExitCode.OK : ExitCode.FAILURE;
    }
}
