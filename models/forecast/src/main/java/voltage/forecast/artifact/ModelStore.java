package voltage.forecast.artifact;

import java.util.List;

/** Where versions of models are kept. A version is written once and never changed. */
public interface ModelStore {
    /** All versions that are whole, oldest first. */
    List<String> versions();

    /**
     * Reads and checks a version.
     *
     * @throws BrokenArtifactException if it is not there or not whole
     */
    ModelArtifact read(String version);

    /** Keeps a version; if it is there already, nothing happens. */
    void publish(ModelArtifact artifact);
}
