package voltage.training.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How times are shown. */
final class Dates {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("d MMM yyyy HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Dates() {}

    static String minute(long nanos) {
        return minute(Instant.ofEpochSecond(0, nanos));
    }

    static String minute(Instant instant) {
        return MINUTE.format(instant);
    }
}
