package voltage.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import voltage.order.Lane;

/**
 * Deterministic command ids: what the same engine on the same events would choose again. The lane stands readable in front, the rest
 * is a hash of what the command is about.
 */
final class CommandIds {
    private static final char[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();
    private static final int HASH_CHARACTERS = 26;

    private final Lane lane;

    CommandIds(Lane lane) {
        this.lane = lane;
    }

    /** For example {@code v-paper-entry-k3v…}. */
    String of(String kind, String ticker, long nanos, long attempt) {
        byte[] digest;
        try {
            digest = MessageDigest.getInstance("SHA-256")
                    .digest((lane.label() + '|' + kind + '|' + ticker + '|' + nanos + '|' + attempt)
                            .getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        StringBuilder id = new StringBuilder(64)
                .append("v-")
                .append(lane.label())
                .append('-')
                .append(kind)
                .append('-');
        int bits = 0;
        int buffer = 0;
        for (int i = 0, written = 0; written < HASH_CHARACTERS; ) {
            if (bits < 5) {
                buffer = (buffer << 8) | (digest[i++] & 0xff);
                bits += 8;
            }
            bits -= 5;
            id.append(ALPHABET[(buffer >>> bits) & 31]);
            written++;
        }
        return id.toString();
    }
}
