package voltage.store.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import voltage.forecast.artifact.BrokenArtifactException;
import voltage.forecast.artifact.Manifest;
import voltage.forecast.artifact.ModelArtifact;
import voltage.forecast.artifact.ModelStore;

/** What every store of models keeps to. */
public abstract class ModelStoreContract {
    /** An empty one. */
    protected abstract ModelStore emptyStore();

    /** Overwrites a file behind the store's back. */
    protected abstract void alter(ModelStore store, String version, String file, byte[] bytes);

    /** Takes a file away behind the store's back. */
    protected abstract void remove(ModelStore store, String version, String file);

    static ModelArtifact artifact(String day, String content) {
        return artifactOf(day + "T00:00:00Z", content);
    }

    static ModelArtifact artifactOf(String created, String content) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put("models.json", content.getBytes(StandardCharsets.UTF_8));
        files.put("features.json", new byte[] {1, 2, 3});
        return ModelArtifact.seal(
                new ModelArtifact.Origin(
                        created,
                        "data",
                        "code",
                        new Manifest.Spans("a", "b", "c", "d"),
                        new TreeMap<>(),
                        new TreeMap<>()),
                files,
                version -> ("card of " + version).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void what_was_published_is_read_back_whole() {
        ModelStore store = emptyStore();
        ModelArtifact artifact = artifact("2026-11-21", "one");

        store.publish(artifact);

        ModelArtifact read = store.read(artifact.version());
        assertThat(read.manifest()).isEqualTo(artifact.manifest());
        assertThat(read.files()).containsOnlyKeys("card.html", "features.json", "models.json");
        assertThat(read.file("models.json")).asString(StandardCharsets.UTF_8).isEqualTo("one");
        assertThat(read.file("card.html")).asString(StandardCharsets.UTF_8).contains(artifact.version());
    }

    @Test
    void versions_are_listed_oldest_first_and_each_once() {
        ModelStore store = emptyStore();
        ModelArtifact later = artifact("2026-11-22", "two");
        ModelArtifact earlier = artifact("2026-11-21", "one");
        assertThat(store.versions()).isEmpty();

        store.publish(later);
        store.publish(earlier);
        store.publish(earlier);

        assertThat(store.versions()).isEqualTo(List.of(earlier.version(), later.version()));
    }

    @Test
    void of_two_versions_of_one_day_the_one_made_later_is_the_latest() {
        ModelStore store = emptyStore();
        ModelArtifact one = artifactOf("2026-11-21T08:00:00Z", "one");
        ModelArtifact two = artifactOf("2026-11-21T09:00:00Z", "two");
        ModelArtifact three = artifactOf("2026-11-21T10:00:00Z", "three");
        for (ModelArtifact artifact : List.of(three, one, two)) {
            store.publish(artifact);
        }

        assertThat(store.versions()).containsExactly(one.version(), two.version(), three.version());
    }

    @Test
    void a_version_that_is_not_there_is_refused_by_name() {
        assertThatThrownBy(() -> emptyStore().read("2026-11-21-00000000"))
                .isInstanceOf(BrokenArtifactException.class)
                .hasMessageContaining("2026-11-21-00000000")
                .hasMessageContaining("no such version");
        assertThatThrownBy(() -> emptyStore().read("../secrets")).isInstanceOf(BrokenArtifactException.class);
    }

    @Test
    void an_altered_file_is_found() {
        ModelStore store = emptyStore();
        ModelArtifact artifact = artifact("2026-11-21", "one");
        store.publish(artifact);

        alter(store, artifact.version(), "models.json", "own".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> store.read(artifact.version()))
                .isInstanceOf(BrokenArtifactException.class)
                .hasMessageContaining("models.json is not the file that was sealed");
    }

    @Test
    void a_missing_file_is_found() {
        ModelStore store = emptyStore();
        ModelArtifact artifact = artifact("2026-11-21", "one");
        store.publish(artifact);

        remove(store, artifact.version(), "features.json");

        assertThatThrownBy(() -> store.read(artifact.version()))
                .isInstanceOf(BrokenArtifactException.class)
                .hasMessageContaining("features.json is missing");
    }

    @Test
    void without_its_manifest_which_is_written_last_a_version_is_none() {
        ModelStore store = emptyStore();
        ModelArtifact artifact = artifact("2026-11-21", "one");
        store.publish(artifact);

        remove(store, artifact.version(), ModelArtifact.MANIFEST);

        assertThat(store.versions()).isEmpty();
        assertThatThrownBy(() -> store.read(artifact.version())).isInstanceOf(BrokenArtifactException.class);

        store.publish(artifact);
        assertThat(store.versions()).containsExactly(artifact.version());
    }

    @Test
    void a_file_too_many_is_found() {
        ModelStore store = emptyStore();
        ModelArtifact artifact = artifact("2026-11-21", "one");
        store.publish(artifact);

        alter(store, artifact.version(), "extra.bin", new byte[] {1});

        assertThatThrownBy(() -> store.read(artifact.version()))
                .isInstanceOf(BrokenArtifactException.class)
                .hasMessageContaining("extra.bin");
    }
}
