package voltage.forecast.artifact;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Where versions of models are kept. A version is written once and never changed. */
public interface ModelStore {
    /** All versions that have a manifest, oldest first by when they were made. */
    List<String> versions();

    /**
     * Reads and checks a version.
     *
     * @throws BrokenArtifactException if it is not there or not whole
     * @throws IllegalStateException if it cannot be read now
     */
    ModelArtifact read(String version);

    /** Keeps a version; if it is there already, nothing happens. */
    void publish(ModelArtifact artifact);

    /**
     * By when versions were made; a version's name says only the day. One without a readable manifest is as old as its day.
     *
     * @param manifest gives a version's manifest
     */
    static Comparator<String> oldestFirst(Function<String, byte[]> manifest) {
        Map<String, String> created = new HashMap<>();
        return Comparator.<String, String>comparing(version ->
                        created.computeIfAbsent(version, name -> Manifest.created(name, manifest.apply(name))))
                .thenComparing(Comparator.naturalOrder());
    }
}
