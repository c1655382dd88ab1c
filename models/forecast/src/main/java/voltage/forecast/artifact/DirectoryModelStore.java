package voltage.forecast.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Versions in a folder, a folder each: what {@code models/artifacts} is. The manifest is written last, so half a version is none; the
 * file {@value #INDEX} names them, for those who cannot list.
 */
public final class DirectoryModelStore implements ModelStore {
    static final String INDEX = "index";

    private final Path directory;

    public DirectoryModelStore(Path directory) {
        this.directory = directory;
    }

    @Override
    public List<String> versions() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(directory)) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve(ModelArtifact.MANIFEST)))
                    .map(folder -> folder.getFileName().toString())
                    .filter(ModelArtifact::isVersion)
                    .sorted(ModelStore.oldestFirst(this::manifest))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory + ": " + e.getMessage(), e);
        }
    }

    private byte[] manifest(String version) {
        try {
            return Files.readAllBytes(directory.resolve(version).resolve(ModelArtifact.MANIFEST));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + directory.resolve(version) + ": " + e.getMessage(), e);
        }
    }

    @Override
    public ModelArtifact read(String version) {
        Path folder = directory.resolve(version);
        if (!ModelArtifact.isVersion(version) || !Files.isDirectory(folder)) {
            throw new BrokenArtifactException(version, "there is no such version in " + directory);
        }
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.toList()) {
                files.put(path.getFileName().toString(), Files.readAllBytes(path));
            }
        } catch (IOException e) {
            throw new BrokenArtifactException(version, "it cannot be read from " + folder + ": " + e.getMessage(), e);
        }
        return ModelArtifact.open(version, files);
    }

    @Override
    public void publish(ModelArtifact artifact) {
        Path folder = directory.resolve(artifact.version());
        if (Files.exists(folder.resolve(ModelArtifact.MANIFEST))) {
            return;
        }
        try {
            Files.createDirectories(folder);
            for (var file : artifact.files().entrySet()) {
                Files.write(folder.resolve(file.getKey()), file.getValue());
            }
            Path draft = folder.resolve(ModelArtifact.MANIFEST + ".part");
            Files.write(draft, artifact.manifestBytes());
            Files.move(draft, folder.resolve(ModelArtifact.MANIFEST), StandardCopyOption.ATOMIC_MOVE);
            Files.writeString(directory.resolve(INDEX), String.join("\n", versions()) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write models to " + folder + ": " + e.getMessage(), e);
        }
    }
}
