package voltage.local.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import voltage.forecast.artifact.DirectoryModelStore;
import voltage.store.model.ModelRegistry;

/** Where a version comes from that the registry does not have yet. */
final class ModelSource {
    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "a folder of models made by train; brings the version along")
    private @Nullable Path from;

    void bring(ModelRegistry registry, @Nullable String version) {
        if (from != null && version != null) {
            registry.store().publish(new DirectoryModelStore(from).read(version));
        }
    }
}
