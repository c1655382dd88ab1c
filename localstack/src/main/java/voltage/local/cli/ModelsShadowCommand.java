package voltage.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import voltage.forecast.artifact.BrokenArtifactException;
import voltage.local.lane.LaneAccess;
import voltage.store.model.ModelPointer;
import voltage.store.model.ModelRegistry;

@Command(
        name = "shadow",
        description = {
            "With a version: lets it forecast beside the champion; nothing is traded on it. With --off: no challenger any more.",
            "With neither: how the challenger does so far, by the lane's journal."
        })
final class ModelsShadowCommand implements Callable<Integer> {
    @Mixin
    private LaneOptions options = new LaneOptions();

    @Mixin
    private ModelSource source = new ModelSource();

    @Parameters(index = "0", arity = "0..1", paramLabel = "VERSION", description = "the challenger")
    private @Nullable String version;

    @Option(names = "--off", description = "no challenger")
    private boolean off;

    @Option(
            names = "--journal",
            paramLabel = "DIR",
            description = "of the run whose forecasts count; the lane's own by default")
    private @Nullable Path journal;

    @Option(names = "--reason", paramLabel = "TEXT", description = "for the history")
    private String reason = "by the operator";

    @Override
    public Integer call() throws JsonProcessingException {
        try (LaneAccess access = options.open()) {
            ModelRegistry registry = access.models();
            if (version == null && !off) {
                return EvidenceText.print(
                        options,
                        access,
                        EvidenceText.shadow(registry, registry.pointer(access.lane()), options.journal(journal)));
            }
            source.bring(registry, version);
            ModelPointer before = registry.pointer(access.lane());
            ModelPointer next =
                    registry.shadow(access.lane(), Optional.ofNullable(version), ModelsRollbackCommand.change(reason));
            return ModelsRollbackCommand.told(options, access, before, next);
        } catch (BrokenArtifactException e) {
            throw new Refusal(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()), e);
        }
    }
}
