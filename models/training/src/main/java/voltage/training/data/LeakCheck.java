package voltage.training.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import voltage.forecast.event.VolatilityEvent;

/**
 * Looks for a future in the rows of a data set, without trusting whoever made it: rows are made again from data that end at the
 * instant, and labels from the closes alone.
 */
public final class LeakCheck {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final int MOST_FINDINGS = 20;

    private final CandleSource source;

    public LeakCheck(CandleSource source) {
        this.source = source;
    }

    /**
     * Makes the data set again from candles that had ended by each cut and compares it with the whole one, bit for bit.
     *
     * @param build makes a data set of a source
     * @param cutsNanos instants to end the data at, epoch nanoseconds UTC
     * @return what was found, at most 20; empty if no row up to a cut changed
     */
    public List<String> futureCutOff(Function<CandleSource, Dataset> build, long... cutsNanos) {
        Dataset whole = build.apply(source);
        List<String> findings = new ArrayList<>();
        for (long cut : cutsNanos) {
            Dataset past = build.apply(source.filter(candle -> candle.openNanos() + MINUTE_NANOS <= cut));
            Dataset expected = whole.between(Long.MIN_VALUE, cut + 1);
            compare(expected, past, cut, findings);
        }
        return findings;
    }

    private static void compare(Dataset whole, Dataset past, long cut, List<String> findings) {
        if (whole.size() != past.size()) {
            add(
                    findings,
                    "with the data cut off at " + cut + " there are " + past.size() + " rows up to it, with all data "
                            + whole.size());
            return;
        }
        for (int row = 0; row < whole.size(); row++) {
            for (int column = 0; column < whole.names().length; column++) {
                if (Double.doubleToLongBits(whole.row(row)[column]) != Double.doubleToLongBits(past.row(row)[column])) {
                    add(
                            findings,
                            whole.names()[column] + " at " + whole.atNanos(row) + " is " + whole.row(row)[column]
                                    + ", with the data cut off at " + cut + " it is " + past.row(row)[column]);
                }
            }
            if (!Objects.equals(whole.input(row).window(), past.input(row).window())) {
                add(findings, "the window at " + whole.atNanos(row) + " is another with the data cut off at " + cut);
            }
            for (VolatilityEvent target : whole.targets()) {
                boolean isDecided = whole.labelEndNanos(target, row) <= cut;
                int expected = isDecided ? whole.label(target, row) : Dataset.UNKNOWN;
                if (past.label(target, row) != expected) {
                    add(
                            findings,
                            target.name() + " at " + whole.atNanos(row) + " is " + past.label(target, row)
                                    + " with the data cut off at " + cut + ", expected " + expected);
                }
            }
        }
    }

    /**
     * Makes the labels again from the closes and compares: one that begins or ends a minute off is found.
     *
     * @return what was found, at most 20
     */
    public List<String> labels(Dataset dataset) {
        Map<Long, Long> closesE4 = new HashMap<>();
        source.forEach(candle -> {
            if (!candle.isSynthetic()) {
                closesE4.put(candle.openNanos() + MINUTE_NANOS, candle.closeE4());
            }
        });
        List<String> findings = new ArrayList<>();
        for (int row = 0; row < dataset.size(); row++) {
            for (int horizon : horizons(dataset)) {
                Long from = closesE4.get(dataset.atNanos(row));
                Long to = closesE4.get(dataset.atNanos(row) + horizon * MINUTE_NANOS);
                double expected = from == null || to == null ? Double.NaN : StrictMath.log((double) to / from);
                double found = dataset.forwardReturn(horizon, row);
                if (Double.doubleToLongBits(found) != Double.doubleToLongBits(expected)) {
                    add(
                            findings,
                            "the return of " + horizon + " minutes from " + dataset.atNanos(row) + " is " + expected
                                    + ", was " + found);
                }
            }
        }
        return findings;
    }

    private static int[] horizons(Dataset dataset) {
        int[] horizons = dataset.targets().stream()
                .mapToInt(VolatilityEvent::horizonMinutes)
                .distinct()
                .toArray();
        Arrays.sort(horizons);
        return horizons;
    }

    private static void add(List<String> findings, String finding) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(finding);
        }
    }
}
