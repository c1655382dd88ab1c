package voltage.training.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import voltage.forecast.feature.MinuteFeatures;
import voltage.market.CandleSeries;

/** Which code trained: SHA-256 over the classes that make features, models and figures. */
final class CodeHash {
    private CodeHash() {}

    /** Of the code that is running. */
    static String ofThisProgram() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Class<?> part : List.of(CandleSeries.class, MinuteFeatures.class, CodeHash.class)) {
                add(
                        digest,
                        Path.of(part.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI()));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException | URISyntaxException e) {
            throw new IllegalStateException("classes come from a folder or a jar, and every JDK has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own classes cannot be read: " + e.getMessage(), e);
        }
    }

    private static void add(MessageDigest digest, Path place) throws IOException {
        if (Files.isDirectory(place)) {
            addAll(digest, place);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(place)) {
                addAll(digest, jar.getPath("/"));
            }
        }
    }

    private static void addAll(MessageDigest digest, Path root) throws IOException {
        try (Stream<Path> classes = Files.walk(root)) {
            for (Path file : classes.filter(path -> path.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                digest.update(Files.readAllBytes(file));
            }
        }
    }
}
