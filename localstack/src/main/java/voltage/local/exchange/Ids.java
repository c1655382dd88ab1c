package voltage.local.exchange;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** UUIDs that depend only on the seed and on how many were made before: the same run makes the same ids. */
final class Ids {
    private final long seed;
    private long made;

    Ids(long seed) {
        this.seed = seed;
    }

    String next() {
        made++;
        return uuid(mix(seed * 0x9E3779B97F4A7C15L + 2 * made), mix(seed * 0xC2B2AE3D27D4EB4FL + 2 * made + 1));
    }

    /** The id of something with a name: always the same. */
    String named(String name) {
        UUID id = UUID.nameUUIDFromBytes((seed + name).getBytes(StandardCharsets.UTF_8));
        return id.toString();
    }

    long made() {
        return made;
    }

    void continueFrom(long alreadyMade) {
        made = Math.max(made, alreadyMade);
    }

    private static String uuid(long high, long low) {
        return new UUID(high & ~0xF000L | 0x4000L, low & ~(3L << 62) | 2L << 62).toString();
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
