package voltage.training.artifact;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voltage.forecast.artifact.Manifest;
import voltage.forecast.artifact.ModelArtifact;
import voltage.forecast.artifact.ModelSetFiles;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.feature.FeatureWatch;
import voltage.forecast.model.ModelSet;
import voltage.forecast.patchtst.PatchTst;
import voltage.training.data.Dataset;
import voltage.training.evaluate.EventEvaluation;
import voltage.training.evaluate.EventTraining;
import voltage.training.evaluate.Spans;
import voltage.training.evaluate.UnbalanceEffect;
import voltage.training.lightgbm.TrainingProgress;
import voltage.training.lightgbm.TrainingSettings;
import voltage.training.patchtst.TrainedNet;
import voltage.training.report.ModelCard;

/**
 * Trains the models of all events of a data set, tests them once on the part that comes after, and seals them with what came of it. What
 * was tested is what is sealed: nothing is fitted again to the test's span.
 */
public final class SetTraining {
    /** Of 3, 4 and 6 degrees of freedom, 4 score best on the events themselves. */
    private static final int TAIL_DEGREES = 4;

    /** Until then the windows of a day and the times of day cannot be there. */
    private static final long WARM_UP_NANOS = 2 * 86_400_000_000_000L;

    private final TrainingSettings settings;
    private final TrainingProgress progress;
    private final Consumer<String> tell;

    /** @param tell told of each step, in words */
    public SetTraining(TrainingSettings settings, TrainingProgress progress, Consumer<String> tell) {
        this.settings = settings;
        this.progress = progress;
        this.tell = tell;
    }

    /** What came of it. */
    public record Result(ModelArtifact artifact, List<EventEvaluation.Report> reports) {
        public Result {
            reports = List.copyOf(reports);
        }
    }

    /**
     * Trains.
     *
     * @param created when this is, for the version's name
     * @param source where the minutes are from, in words
     * @param net trained on the same data and spans; null for a set without one
     */
    public Result train(Dataset data, Spans spans, Instant created, String source, @Nullable TrainedNet net) {
        // A set is served with the times of day that were known when it was made, so it is tested with them.
        Dataset served = data.servedFrom(spans.testFromNanos());
        if (net == null) {
            return train(served, spans, created, source, null, null);
        }
        try (PatchTst running = net.served()) {
            return train(served, spans, created, source, net, running);
        }
    }

    private Result train(
            Dataset data,
            Spans spans,
            Instant created,
            String source,
            @Nullable TrainedNet net,
            @Nullable PatchTst served) {
        FeatureWatch.requireTrainable(
                data.set(),
                data.between(spans.fromNanos() + WARM_UP_NANOS, spans.testFromNanos())
                        .rows());
        List<ModelSet.OfEvent> models = new ArrayList<>();
        Map<String, String> trees = new LinkedHashMap<>();
        List<EventEvaluation.Report> reports = new ArrayList<>();
        List<ModelCard.Target> targets = new ArrayList<>();
        SortedMap<String, String> all = settings(data, source, net);
        for (VolatilityEvent event : data.targets()) {
            tell.accept(event.name() + ": training");
            UnbalanceEffect unbalance = UnbalanceEffect.measure(data, event, spans, settings, TrainingProgress.SILENT);
            TrainingSettings chosen = settings.withUnbalance(unbalance.helps());
            EventTraining.Trained trained = new EventTraining(chosen, progress).train(data, event, spans, served);
            tell.accept("  trained on " + trained.trainedOn() + " minutes, "
                    + trained.trees().bestRound() + " trees; weights and calibration ("
                    + trained.calibration().kind() + ") held out on " + trained.heldOut());
            models.add(new ModelSet.OfEvent(event, trained.ensemble()));
            trees.put(event.name(), trained.trees().text());
            EventEvaluation.Report report = EventEvaluation.test(data, trained, spans);
            reports.add(report);
            targets.add(ModelCard.Target.of(trained, report, unbalance));
            all.put("isUnbalance " + event.name(), Boolean.toString(unbalance.helps()));
        }
        ModelSet set = new ModelSet("unsealed", data.basis(spans.testFromNanos()), TAIL_DEGREES, models);
        ModelArtifact.Origin origin = new ModelArtifact.Origin(
                created.toString(),
                data.candleHash(),
                CodeHash.ofThisProgram(),
                new Manifest.Spans(
                        Spans.at(spans.fromNanos()),
                        Spans.at(spans.holdFromNanos()),
                        Spans.at(spans.testFromNanos()),
                        Spans.at(spans.endNanos())),
                all,
                metrics(reports));
        SortedMap<String, byte[]> files = ModelSetFiles.write(set, trees);
        if (net != null) {
            files.putAll(net.files());
            files.put(TrainedNet.METRICS, net.metricsJson().getBytes(StandardCharsets.UTF_8));
        }
        return new Result(
                ModelArtifact.seal(origin, files, version -> card(version, origin, data, spans, created, targets)),
                reports);
    }

    private static byte[] card(
            String version,
            ModelArtifact.Origin origin,
            Dataset data,
            Spans spans,
            Instant created,
            List<ModelCard.Target> targets) {
        return new ModelCard(
                        version,
                        created,
                        data.set().version(),
                        origin.dataHash(),
                        origin.codeHash(),
                        spans,
                        origin.settings(),
                        targets,
                        List.of())
                .toHtml()
                .getBytes(StandardCharsets.UTF_8);
    }

    private SortedMap<String, String> settings(Dataset data, String source, @Nullable TrainedNet net) {
        SortedMap<String, String> all = new TreeMap<>();
        all.put("source", source);
        all.put("features", data.set().version());
        all.put("tailDegrees", Integer.toString(TAIL_DEGREES));
        all.put("lightgbm", settings.toString());
        if (net != null) {
            all.put("patchtst", net.settings().toString());
        }
        return all;
    }

    private static SortedMap<String, SortedMap<String, Manifest.Metric>> metrics(List<EventEvaluation.Report> reports) {
        SortedMap<String, SortedMap<String, Manifest.Metric>> metrics = new TreeMap<>();
        for (EventEvaluation.Report report : reports) {
            SortedMap<String, Manifest.Metric> ofTarget = new TreeMap<>();
            report.figures()
                    .forEach((model, figures) -> ofTarget.put(
                            model,
                            new Manifest.Metric(
                                    figures.scores().brier(),
                                    figures.scores().logLoss(),
                                    figures.scores().auc(),
                                    figures.scores().ece(),
                                    figures.scores().n(),
                                    figures.brier().low(),
                                    figures.brier().high())));
            metrics.put(report.event().name(), ofTarget);
        }
        return metrics;
    }
}
