package voltage.local.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import voltage.forecast.artifact.BrokenArtifactException;
import voltage.forecast.artifact.BuiltInModels;
import voltage.forecast.artifact.DirectoryModelStore;
import voltage.forecast.artifact.ModelArtifact;
import voltage.forecast.artifact.ModelSetFiles;
import voltage.forecast.artifact.ModelVersions;
import voltage.worker.inference.Inference;

/** Which models a session is played with. */
final class ModelOptions {
    private static final String NONE = "none";

    @Option(
            names = "--models",
            paramLabel = "DIR|none",
            description = {
                "a folder of models made by train, whose latest version forecasts; those that come with the program by default.",
                "With none, HAR volatility stands in for them."
            })
    private String models = "";

    Inference.Choice choice() {
        if (models.equals(NONE)) {
            return Inference.Choice.none("run without models (--models none)");
        }
        ModelVersions store = models.isEmpty() ? new BuiltInModels() : new DirectoryModelStore(Path.of(models));
        try {
            ModelArtifact latest = store.latest()
                    .orElseThrow(() -> new Refusal(
                            ExitCode.CONFIGURATION,
                            "there are no models in \"" + models + "\"; make some: ./voltage train --data DIR --out "
                                    + models));
            return Inference.Choice.of(ModelSetFiles.load(latest));
        } catch (BrokenArtifactException e) {
            throw new Refusal(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()), e);
        }
    }
}
