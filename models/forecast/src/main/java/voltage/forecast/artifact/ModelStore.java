package voltage.forecast.artifact;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Where versions of models are kept. */
public interface ModelStore extends ModelVersions {
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
