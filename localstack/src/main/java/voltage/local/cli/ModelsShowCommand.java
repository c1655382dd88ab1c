package voltage.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import voltage.forecast.artifact.BrokenArtifactException;
import voltage.forecast.artifact.ModelArtifact;
import voltage.local.lane.LaneAccess;

@Command(name = "show", description = "A version's manifest; with --card its card, a page for a browser.")
final class ModelsShowCommand implements Callable<Integer> {
    @Mixin
    private LaneOptions options = new LaneOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "VERSION", description = "the champion by default")
    private @Nullable String version;

    @Option(names = "--card", paramLabel = "FILE.html", description = "where to write the card")
    private @Nullable Path card;

    @Override
    public Integer call() throws IOException {
        try (LaneAccess access = options.open()) {
            String wanted = version != null
                    ? version
                    : access.models()
                            .pointer(access.lane())
                            .champion()
                            .orElseThrow(() -> new Refusal(
                                    ExitCode.CONFIGURATION,
                                    "lane " + access.lane().label() + " has no champion; name a version"
                                            + " (./voltage models list)"));
            ModelArtifact artifact;
            try {
                artifact = access.models().store().read(wanted);
            } catch (BrokenArtifactException e) {
                throw new Refusal(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()), e);
            }
            options.terminal().println(new String(artifact.manifestBytes(), java.nio.charset.StandardCharsets.UTF_8));
            if (card != null) {
                Files.write(card, artifact.file(ModelArtifact.CARD));
                options.say("its card is in " + card);
            }
            return ExitCode.OK;
        }
    }
}
