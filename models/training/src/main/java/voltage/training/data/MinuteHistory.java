package voltage.training.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import voltage.forecast.feature.MinuteWindow;

/**
 * The known minutes of a data set, from which the window of any instant is made when it is asked for: all of them at once would be
 * 180 numbers a minute.
 */
public final class MinuteHistory {
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final long[] ends;
    private final long[] closesE4;
    private final long[] volumesE8;

    /** @param ends of the minutes in minutes since the epoch, ascending */
    MinuteHistory(long[] ends, long[] closesE4, long[] volumesE8) {
        this.ends = ends;
        this.closesE4 = closesE4;
        this.volumesE8 = volumesE8;
    }

    /** The window that ends with the minute that ends at an instant, as the engine would have had it then. */
    @Nullable
    MinuteWindow window(long atNanos) {
        long end = Math.floorDiv(atNanos, MINUTE_NANOS);
        int found = Arrays.binarySearch(ends, end);
        int minute = found >= 0 ? found : -found - 2;
        long[] closes = new long[MinuteWindow.HISTORY];
        long[] volumes = new long[MinuteWindow.HISTORY];
        for (; minute >= 0 && end - ends[minute] < MinuteWindow.HISTORY; minute--) {
            int back = (int) (end - ends[minute]);
            closes[back] = closesE4[minute];
            volumes[back] = volumesE8[minute];
        }
        return MinuteWindow.of(closes, volumes);
    }
}
