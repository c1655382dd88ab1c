package voltage.forecast.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The versions that come with the program ({@code models/artifacts} of the repository), so that it forecasts from the first minute. The
 * folder's {@code index} names them; the last is the one to use. {@code ./voltage train --out models/artifacts} makes more.
 */
public final class BuiltInModels implements ModelVersions {
    private static final String ROOT = "/voltage/artifacts/";

    @Override
    public List<String> versions() {
        byte[] index = resource(DirectoryModelStore.INDEX);
        return index == null
                ? List.of()
                : new String(index, StandardCharsets.UTF_8)
                        .lines()
                        .map(String::strip)
                        .filter(ModelArtifact::isVersion)
                        .toList();
    }

    @Override
    public ModelArtifact read(String version) {
        if (!versions().contains(version)) {
            throw new BrokenArtifactException(version, "it did not come with this program");
        }
        Manifest manifest = Manifest.of(version, resource(version + "/" + ModelArtifact.MANIFEST));
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put(ModelArtifact.MANIFEST, manifest.toJson());
        for (Manifest.Entry entry : manifest.files()) {
            byte[] bytes = resource(version + "/" + entry.name());
            if (bytes != null) {
                files.put(entry.name(), bytes);
            }
        }
        return ModelArtifact.open(version, files);
    }

    private static byte @Nullable [] resource(String name) {
        try (InputStream in = BuiltInModels.class.getResourceAsStream(ROOT + name)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new BrokenArtifactException(name, "a file of the program cannot be read: " + e.getMessage(), e);
        }
    }
}
