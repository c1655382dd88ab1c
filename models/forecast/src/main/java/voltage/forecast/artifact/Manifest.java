package voltage.forecast.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a version is and how it came about. Written once, with the version's files.
 *
 * @param format of the artifact: {@value #FORMAT}
 * @param version {@code 2026-11-21-1a2b3c4d}: the day of training and the beginning of the hash over its files
 * @param created ISO instant, UTC
 * @param dataHash SHA-256 over the candles that it was trained on
 * @param codeHash SHA-256 over the classes that trained it
 * @param data which span was for what
 * @param settings of the training, by name
 * @param metrics on the test's span, by target and model
 * @param files all but the manifest, by name
 */
public record Manifest(
        int format,
        String version,
        String created,
        String dataHash,
        String codeHash,
        Spans data,
        SortedMap<String, String> settings,
        SortedMap<String, SortedMap<String, Metric>> metrics,
        List<Entry> files) {
    public static final int FORMAT = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Instants in ISO form: trained from, weights and calibration from, tested from, to. */
    public record Spans(String trainedFrom, String heldOutFrom, String testedFrom, String testedTo) {}

    /** One model's figures on the test; {@code low} and {@code high} are the Brier score's 95 % interval. */
    public record Metric(double brier, double logLoss, double auc, double ece, int n, double low, double high) {}

    /** One file. */
    public record Entry(String name, long bytes, String sha256) {}

    public Manifest {
        settings = new TreeMap<>(settings);
        metrics = new TreeMap<>(metrics);
        files = List.copyOf(files);
    }

    byte[] toJson() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest is plain records", e);
        }
    }

    /** @throws BrokenArtifactException if these bytes are no manifest of a format that this code reads */
    static Manifest of(String version, byte @Nullable [] bytes) {
        if (bytes == null) {
            throw new BrokenArtifactException(version, "there is no " + ModelArtifact.MANIFEST);
        }
        Manifest manifest;
        try {
            manifest = JSON.readValue(bytes, Manifest.class);
        } catch (IOException | RuntimeException e) {
            throw new BrokenArtifactException(
                    version, ModelArtifact.MANIFEST + " cannot be read: " + e.getMessage(), e);
        }
        if (manifest.version == null || manifest.created == null || manifest.data == null) {
            throw new BrokenArtifactException(version, ModelArtifact.MANIFEST + " lacks version, created or data");
        }
        if (manifest.format != FORMAT) {
            throw new BrokenArtifactException(version, "this code reads format " + FORMAT + ", was " + manifest.format);
        }
        if (!manifest.version.equals(version)) {
            throw new BrokenArtifactException(version, "its manifest says that it is " + manifest.version);
        }
        return manifest;
    }

    /** When a version was made, in ISO form; its day if the manifest cannot be read. */
    static String created(String version, byte[] bytes) {
        try {
            return of(version, bytes).created();
        } catch (BrokenArtifactException e) {
            return version.substring(0, 10);
        }
    }

    /** A model's figures, if it was tested on the target. */
    public @Nullable Metric metric(String target, String model) {
        Map<String, Metric> ofTarget = metrics.get(target);
        return ofTarget == null ? null : ofTarget.get(model);
    }
}
