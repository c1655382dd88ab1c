package voltage.local.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import voltage.forecast.artifact.BrokenArtifactException;
import voltage.forecast.artifact.BuiltInModels;
import voltage.forecast.artifact.DirectoryModelStore;
import voltage.forecast.artifact.ModelSetFiles;
import voltage.forecast.artifact.ModelStore;
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
        ModelStore store = models.isEmpty() ? new BuiltInModels() : new DirectoryModelStore(Path.of(models));
        List<String> versions = store.versions();
        if (versions.isEmpty()) {
            throw new Refusal(
                    ExitCode.CONFIGURATION,
                    "there are no models in \"" + models + "\"; make some: ./voltage train --data DIR --out " + models);
        }
        try {
            return Inference.Choice.of(ModelSetFiles.load(store.read(versions.getLast())));
        } catch (BrokenArtifactException e) {
            throw new Refusal(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()), e);
        }
    }
}
