package voltage.forecast.artifact;

import java.util.List;
import java.util.Optional;

/** Versions of models that can be read. A version is written once and never changed. */
public interface ModelVersions {
    /** All versions that have a manifest, oldest first by when they were made. */
    List<String> versions();

    /**
     * Reads and checks a version.
     *
     * @throws BrokenArtifactException if it is not there or not whole
     * @throws IllegalStateException if it cannot be read now
     */
    ModelArtifact read(String version);

    /** The version made last, read and checked like any other; empty if there is none. */
    default Optional<ModelArtifact> latest() {
        List<String> versions = versions();
        return versions.isEmpty() ? Optional.empty() : Optional.of(read(versions.getLast()));
    }
}
