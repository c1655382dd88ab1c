package voltage.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import voltage.forecast.artifact.BrokenArtifactException;
import voltage.forecast.artifact.ModelArtifact;
import voltage.forecast.artifact.ModelSetFiles;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.model.ModelSet;
import voltage.local.lane.LaneAccess;
import voltage.store.model.ModelPointer;
import voltage.store.model.ModelRegistry;
import voltage.training.data.Cadence;
import voltage.training.data.DatasetBuilder;
import voltage.training.promotion.HeldOutEvidence;
import voltage.training.promotion.PromotionEvidence;

@Command(
        name = "promote",
        description = {
            "Makes a version the lane's champion if the evidence passes the lane's gates: with --data on recorded minutes after all that"
                    + " either version has learned from, else what it forecast in the lane's shadow.",
            "Exit 4 if a gate refuses; --override WHY promotes nevertheless, and the history says so."
        })
final class ModelsPromoteCommand implements Callable<Integer> {
    @Mixin
    private LaneOptions options = new LaneOptions();

    @Mixin
    private ModelSource source = new ModelSource();

    @Parameters(index = "0", paramLabel = "VERSION", description = "the challenger")
    private String version = "";

    @Option(names = "--data", paramLabel = "DIR", description = "folder with btc_1m/*.csv.gz, or a run's folder")
    private @Nullable Path data;

    @Option(
            names = "--journal",
            paramLabel = "DIR",
            description = "of the run whose shadow counts; the lane's own by default")
    private @Nullable Path journal;

    @Option(names = "--override", paramLabel = "WHY", description = "promote whatever the gates say")
    private @Nullable String override;

    @Override
    public Integer call() throws JsonProcessingException {
        try (LaneAccess access = options.open()) {
            ModelRegistry registry = access.models();
            source.bring(registry, version);
            ModelPointer before = registry.pointer(access.lane());
            String why;
            if (override != null) {
                why = "override: " + override;
            } else if (before.champion().isEmpty()
                    && !EvidenceText.gates(access.lane()).needsShadow()) {
                why = "the lane had no champion";
            } else if (before.champion().isEmpty()) {
                throw new Refusal(
                        ExitCode.REFUSED,
                        "lane " + access.lane().label() + " has no champion that " + version
                                + " could be judged against, and it sends orders to an exchange: its first models are"
                                + " somebody's decision. Let it prove itself in a lane without money, then --override WHY");
            } else if (before.champion().get().equals(version)) {
                throw new Refusal(ExitCode.REFUSED, version + " is the champion already");
            } else {
                PromotionEvidence evidence = evidence(registry, before);
                int code = EvidenceText.print(options, access, evidence);
                if (code != ExitCode.OK) {
                    return code;
                }
                why = evidence.kind() + " evidence on " + evidence.instants() + " instants of " + evidence.days()
                        + " days";
            }
            ModelPointer next = registry.promote(before, version, ModelsRollbackCommand.change(why));
            return ModelsRollbackCommand.told(options, access, before, next);
        } catch (BrokenArtifactException e) {
            throw new Refusal(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()), e);
        } catch (IllegalStateException e) {
            throw new Refusal(ExitCode.REFUSED, String.valueOf(e.getMessage()), e);
        }
    }

    private PromotionEvidence evidence(ModelRegistry registry, ModelPointer pointer) {
        String champion = pointer.champion().orElseThrow();
        if (data != null) {
            return heldOut(registry, champion, data);
        }
        if (pointer.challenger().filter(version::equals).isEmpty()) {
            throw new Refusal(
                    ExitCode.REFUSED,
                    "there is no evidence for " + version
                            + ": it has not forecast in the lane's shadow. Let it: ./voltage"
                            + " models shadow " + version + " --lane "
                            + options.lane().label()
                            + "; or measure it on recorded minutes with --data DIR");
        }
        return EvidenceText.shadow(registry, pointer, options.journal(journal));
    }

    private PromotionEvidence heldOut(ModelRegistry registry, String champion, Path folder) {
        ModelArtifact present = registry.store().read(champion);
        ModelArtifact next = registry.store().read(version);
        ModelSet before = ModelSetFiles.load(present);
        ModelSet challenger = ModelSetFiles.load(next);
        EvidenceText.requireComparable(before, challenger);
        DataOptions.requireRealMinutes(folder);
        List<VolatilityEvent> events =
                challenger.models().stream().map(ModelSet.OfEvent::event).toList();
        long from = Math.max(testedFrom(present), testedFrom(next));
        return HeldOutEvidence.of(
                before,
                challenger,
                DatasetBuilder.build(
                        DataOptions.source(folder), challenger.basis().set(), Cadence.MINUTE, events),
                from,
                EvidenceText.trials(registry, champion));
    }

    private static long testedFrom(ModelArtifact artifact) {
        Instant from = Instant.parse(artifact.manifest().data().testedFrom());
        return from.getEpochSecond() * 1_000_000_000L + from.getNano();
    }
}
