package voltage.store.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voltage.forecast.artifact.BuiltInModels;
import voltage.forecast.artifact.DirectoryModelStore;
import voltage.forecast.artifact.ModelArtifact;
import voltage.forecast.artifact.ModelSetFiles;
import voltage.forecast.artifact.ModelStore;

class DirectoryModelStoreTest extends ModelStoreContract {
    @TempDir
    private Path directory;

    @Override
    protected ModelStore emptyStore() {
        return new DirectoryModelStore(directory);
    }

    @Override
    protected void alter(ModelStore store, String version, String file, byte[] bytes) {
        try {
            Files.write(directory.resolve(version).resolve(file), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void remove(ModelStore store, String version, String file) {
        try {
            Files.delete(directory.resolve(version).resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_comes_with_the_program_is_whole_and_can_forecast() {
        BuiltInModels builtIn = new BuiltInModels();

        assertThat(builtIn.versions()).isNotEmpty();
        for (String version : builtIn.versions()) {
            ModelArtifact artifact = builtIn.read(version);
            assertThat(ModelSetFiles.load(artifact).models()).isNotEmpty();
            assertThat(artifact.file(ModelArtifact.CARD)).asString().contains(version);
        }
    }
}
