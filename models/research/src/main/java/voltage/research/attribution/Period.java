package voltage.research.attribution;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;

/**
 * A day or a week of UTC, half-open: midnight belongs to the period that begins. A week runs from Sunday 00:00 to the next Sunday 00:00, since
 * the weekly job runs on Sunday at 00:10 and is to find a week that has just ended; it is not the week of ISO 8601, which begins on Monday.
 *
 * @param first its first day; of a week a Sunday
 */
public record Period(Kind kind, LocalDate first) implements Comparable<Period> {
    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final Comparator<Period> ORDER =
            Comparator.comparing(Period::kind).thenComparing(Period::first);

    /** How long it is. */
    public enum Kind {
        DAY(1),
        WEEK(7);

        private final int days;

        Kind(int days) {
            this.days = days;
        }
    }

    public Period {
        if (kind == Kind.WEEK && first.getDayOfWeek() != DayOfWeek.SUNDAY) {
            throw new IllegalArgumentException(
                    "a week begins on a Sunday, was " + first + ", a " + first.getDayOfWeek() + "; use Period.of");
        }
    }

    /** The period that a day belongs to. */
    public static Period of(Kind kind, LocalDate day) {
        return switch (kind) {
            case DAY -> new Period(kind, day);
            case WEEK -> new Period(kind, day.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY)));
        };
    }

    /** The period that an instant belongs to, epoch nanoseconds UTC. */
    public static Period of(Kind kind, long nanos) {
        return of(kind, LocalDate.ofEpochDay(Math.floorDiv(nanos, DAY_NANOS)));
    }

    /** Its first instant. */
    public long fromNanos() {
        return first.toEpochDay() * DAY_NANOS;
    }

    /** The first instant after it. */
    public long toNanos() {
        return next().fromNanos();
    }

    public boolean contains(long nanos) {
        return nanos >= fromNanos() && nanos < toNanos();
    }

    public Period next() {
        return new Period(kind, first.plusDays(kind.days));
    }

    /** As it is spoken of: {@code 2026-05-13}, or {@code week of Sunday 2026-05-10}. */
    public String words() {
        return switch (kind) {
            case DAY -> first.toString();
            case WEEK -> "week of Sunday " + first;
        };
    }

    /** By kind and then by time. */
    @Override
    public int compareTo(Period other) {
        return ORDER.compare(this, other);
    }
}
