package voltage.store.journal;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import voltage.market.Feed;

/**
 * Names of journal objects and segments. They sort by time within a feed, and say which records to expect without being opened.
 */
record ObjectName(Feed feed, long firstSequence, long windowNanos) {
    static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(5);
    static final String ROOT = "journal/v1";
    static final String SUFFIX = ".jnl.zst";
    static final String OPEN_SUFFIX = ".open";

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("HH", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern FILE = Pattern.compile("(\\d{19})-(\\d{8}T\\d{6}Z)\\.(jnl\\.zst|open)");

    /** The start of the five minutes that contain {@code receivedNanos}. */
    static long windowOf(long receivedNanos) {
        return receivedNanos - Math.floorMod(receivedNanos, WINDOW_NANOS);
    }

    /** Relative to the journal directory, with forward slashes: also the name in the archive. */
    String path() {
        Instant window = instant(windowNanos);
        return ROOT + "/feed=" + feed + "/dt=" + DAY.format(window) + "/hh=" + HOUR.format(window) + "/"
                + stem(firstSequence, windowNanos) + SUFFIX;
    }

    /** The segment being written holds the records of all feeds, in order. */
    static String openPath(long firstSequence, long windowNanos) {
        return ROOT + "/open/" + stem(firstSequence, windowNanos) + OPEN_SUFFIX;
    }

    /** The number and the window that a file name states, or null if it is not such a name. */
    static @Nullable Numbers numbersOf(Path file) {
        Matcher matcher = FILE.matcher(String.valueOf(file.getFileName()));
        if (!matcher.matches()) {
            return null;
        }
        Instant window = STAMP.parse(matcher.group(2), Instant::from);
        return new Numbers(Long.parseLong(matcher.group(1)), TimeUnit.SECONDS.toNanos(window.getEpochSecond()));
    }

    record Numbers(long firstSequence, long windowNanos) {}

    private static String stem(long firstSequence, long windowNanos) {
        return String.format(Locale.ROOT, "%019d-%s", firstSequence, STAMP.format(instant(windowNanos)));
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }
}
