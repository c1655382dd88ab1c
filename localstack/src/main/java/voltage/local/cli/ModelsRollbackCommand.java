package voltage.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import voltage.forecast.artifact.BrokenArtifactException;
import voltage.local.lane.LaneAccess;
import voltage.store.model.ModelPointer;

@Command(name = "rollback", description = "The champion before the present one forecasts again, within seconds.")
final class ModelsRollbackCommand implements Callable<Integer> {
    @Mixin
    private LaneOptions options = new LaneOptions();

    @Option(names = "--reason", paramLabel = "TEXT", description = "for the history")
    private String reason = "rolled back by the operator";

    @Override
    public Integer call() throws JsonProcessingException {
        try (LaneAccess access = options.open()) {
            ModelPointer before = access.models().pointer(access.lane());
            ModelPointer next = access.models().rollBack(access.lane(), change(reason));
            return told(options, access, before, next);
        } catch (IllegalStateException | BrokenArtifactException e) {
            throw new Refusal(ExitCode.FAILURE, String.valueOf(e.getMessage()), e);
        }
    }

    static ModelPointer.Change change(String why) {
        return new ModelPointer.Change(
                System.getProperty("user.name", "operator"), why, LaneAccess.nanos(InstantSource.system()));
    }

    static int told(LaneOptions options, LaneAccess access, ModelPointer before, ModelPointer next)
            throws JsonProcessingException {
        if (options.isJson()) {
            options.print(options.body(access)
                    .put("championBefore", before.champion().orElse(null))
                    .put("champion", next.champion().orElse(null))
                    .put("challenger", next.challenger().orElse(null))
                    .put("revision", next.revision()));
        }
        options.say("lane " + access.lane().label() + " (" + LaneOptions.where(access) + "): champion "
                + next.champion().orElse("none") + " (was " + before.champion().orElse("none") + "), challenger "
                + next.challenger().orElse("none"));
        options.say(
                access.place() == LaneAccess.Place.STARTED_HERE
                        ? "  its worker uses it from its next start on"
                        : "  its worker uses it within 10 s, from the next minute on");
        return ExitCode.OK;
    }
}
