package voltage.forecast.artifact;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One version of a set of models: its manifest and its files. Immutable, and it proves itself: every file has the hash that the manifest
 * states, and the version is named after all of them, the card excepted, which names the version.
 *
 * @param files by name, the manifest not among them
 */
public record ModelArtifact(Manifest manifest, SortedMap<String, byte[]> files) {
    public static final String MANIFEST = "manifest.json";
    /** For people: what it is, what it was trained on, how good it is. */
    public static final String CARD = "card.html";

    private static final int HASH_CHARS = 8;
    private static final String VERSION = "\\d{4}-\\d{2}-\\d{2}-[0-9a-f]{" + HASH_CHARS + "}";

    public ModelArtifact {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** How a version came about, before it has a name. */
    public record Origin(
            String created,
            String dataHash,
            String codeHash,
            Manifest.Spans data,
            SortedMap<String, String> settings,
            SortedMap<String, SortedMap<String, Manifest.Metric>> metrics) {}

    /** Writes the card of a version that has just been named. */
    @FunctionalInterface
    public interface CardWriter {
        byte[] write(String version);
    }

    /** Names a version after its files and seals it. */
    public static ModelArtifact seal(Origin origin, SortedMap<String, byte[]> files, CardWriter card) {
        String version =
                origin.created().substring(0, 10) + "-" + hashOfAll(files).substring(0, HASH_CHARS);
        SortedMap<String, byte[]> all = new TreeMap<>(files);
        all.put(CARD, card.write(version));
        List<Manifest.Entry> entries = new ArrayList<>();
        all.forEach((name, bytes) -> entries.add(new Manifest.Entry(name, bytes.length, sha256(bytes))));
        return new ModelArtifact(
                new Manifest(
                        Manifest.FORMAT,
                        version,
                        origin.created(),
                        origin.dataHash(),
                        origin.codeHash(),
                        origin.data(),
                        origin.settings(),
                        origin.metrics(),
                        entries),
                all);
    }

    /**
     * Puts a version together from what was read, and checks it.
     *
     * @param bytesByName the manifest among them
     * @throws BrokenArtifactException if anything is missing, too much or altered
     */
    public static ModelArtifact open(String version, SortedMap<String, byte[]> bytesByName) {
        if (!isVersion(version)) {
            throw new BrokenArtifactException(version, "a version is a day and 8 hexadecimal digits");
        }
        Manifest manifest = Manifest.of(version, bytesByName.get(MANIFEST));
        SortedMap<String, byte[]> files = new TreeMap<>(bytesByName);
        files.remove(MANIFEST);
        for (Manifest.Entry entry : manifest.files()) {
            byte[] bytes = files.get(entry.name());
            if (bytes == null) {
                throw new BrokenArtifactException(version, entry.name() + " is missing");
            }
            if (bytes.length != entry.bytes() || !sha256(bytes).equals(entry.sha256())) {
                throw new BrokenArtifactException(version, entry.name() + " is not the file that was sealed");
            }
        }
        if (files.size() != manifest.files().size()) {
            throw new BrokenArtifactException(
                    version, "it has files that its manifest does not know: " + files.keySet());
        }
        SortedMap<String, byte[]> named = new TreeMap<>(files);
        named.remove(CARD);
        if (!version.endsWith("-" + hashOfAll(named).substring(0, HASH_CHARS))) {
            throw new BrokenArtifactException(version, "its name is not that of its files");
        }
        return new ModelArtifact(manifest, files);
    }

    /** Whether a text has the form of a version. */
    public static boolean isVersion(String text) {
        return text.matches(VERSION);
    }

    public String version() {
        return manifest.version();
    }

    /** The manifest as it is kept. */
    public byte[] manifestBytes() {
        return manifest.toJson();
    }

    /**
     * A file's bytes.
     *
     * @throws BrokenArtifactException if it has none of that name
     */
    public byte[] file(String name) {
        byte @Nullable [] bytes = files.get(name);
        if (bytes == null) {
            throw new BrokenArtifactException(version(), name + " is missing");
        }
        return bytes;
    }

    private static String hashOfAll(SortedMap<String, byte[]> files) {
        StringBuilder lines = new StringBuilder();
        files.forEach((name, bytes) ->
                lines.append(name).append(' ').append(sha256(bytes)).append('\n'));
        return sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
