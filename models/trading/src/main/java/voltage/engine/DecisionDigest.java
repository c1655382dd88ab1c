package voltage.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over decisions in order, each as its {@link DecisionJson} line with a line feed. */
public final class DecisionDigest {
    private final MessageDigest digest;
    private final StringBuilder line = new StringBuilder(4096);
    private long count;

    public DecisionDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Adds a decision and returns its line, line feed included. */
    public byte[] add(Decision decision) {
        line.setLength(0);
        DecisionJson.append(line, decision);
        line.append('\n');
        byte[] bytes = line.toString().getBytes(StandardCharsets.UTF_8);
        addLine(bytes);
        return bytes;
    }

    /** Adds a line written earlier, line feed included. */
    public void addLine(byte[] lineBytes) {
        digest.update(lineBytes);
        count++;
    }

    public long count() {
        return count;
    }

    /** In lower-case hexadecimal; ends this digest. */
    public String value() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
