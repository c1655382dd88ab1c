package voltage.forecast.feature;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongToDoubleFunction;
import org.jspecify.annotations.Nullable;
import voltage.market.Candle;

/** The features of the minutes straight from their definitions, over all history each time: slow, and written without looking. */
final class DirectFeatures {
    private static final long MINUTE = RandomMinutes.MINUTE;

    private final Map<Long, Candle> known = new HashMap<>();
    private final long end;

    /** Seen at an instant on a whole minute, from the minutes that had ended by then. */
    DirectFeatures(Iterable<Candle> history, long instant) {
        end = instant / MINUTE;
        for (Candle candle : history) {
            if (candle.openNanos() + MINUTE <= instant && !candle.isSynthetic()) {
                known.put(candle.openNanos() / MINUTE, candle);
            }
        }
    }

    private @Nullable Candle minute(long back) {
        return known.get(end - 1 - back);
    }

    private double mean(int window, LongToDoubleFunction term) {
        double sum = 0;
        int n = 0;
        for (int back = 0; back < window; back++) {
            double value = term.applyAsDouble(back);
            if (!Double.isNaN(value)) {
                sum += value;
                n++;
            }
        }
        return n < 0.8 * window ? Double.NaN : sum / n;
    }

    double logParkinson(int window) {
        return Math.log(mean(window, back -> {
            Candle candle = minute(back);
            return candle == null
                    ? Double.NaN
                    : Math.pow(Math.log((double) candle.highE4() / candle.lowE4()), 2) / (4 * Math.log(2));
        }));
    }

    double change(long back, int over) {
        Candle now = minute(back);
        Candle then = minute(back + over);
        return now == null || then == null ? Double.NaN : Math.log((double) now.closeE4() / then.closeE4());
    }

    double realised(int window) {
        return mean(window, back -> change(back, 1) * change(back, 1));
    }

    double jumpShare(int window) {
        double bipower = Math.PI / 2 * mean(window, back -> Math.abs(change(back, 1)) * Math.abs(change(back + 1, 1)));
        return Math.max(0, 1 - bipower / realised(window));
    }

    double volumeZ() {
        Candle latest = minute(0);
        if (latest == null || latest.volumeE8() == 0) {
            return Double.NaN;
        }
        double mean = mean(20, this::volume);
        double variance = mean(20, back -> Math.pow(volume(back) - mean, 2));
        return (latest.volumeE8() - mean) / Math.sqrt(variance);
    }

    private double volume(long back) {
        Candle candle = minute(back);
        return candle == null || candle.volumeE8() == 0 ? Double.NaN : candle.volumeE8();
    }
}
