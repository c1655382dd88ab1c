package voltage.local;

import java.util.SortedMap;
import java.util.TreeMap;
import voltage.forecast.artifact.BuiltInModels;
import voltage.forecast.artifact.Manifest;
import voltage.forecast.artifact.ModelArtifact;

/** The models that come with the program, as tests use them. */
public final class BuiltInVersions {
    private BuiltInVersions() {}

    public static ModelArtifact latest() {
        return new BuiltInModels().latest().orElseThrow();
    }

    /** The same models sealed on another day, which makes them another version. */
    public static ModelArtifact sealedOn(String day) {
        ModelArtifact artifact = latest();
        SortedMap<String, byte[]> files = new TreeMap<>(artifact.files());
        files.remove(ModelArtifact.CARD);
        Manifest manifest = artifact.manifest();
        return ModelArtifact.seal(
                new ModelArtifact.Origin(
                        day + "T00:00:00Z",
                        manifest.dataHash(),
                        manifest.codeHash(),
                        manifest.data(),
                        manifest.settings(),
                        manifest.metrics()),
                files,
                version -> new byte[0]);
    }
}
