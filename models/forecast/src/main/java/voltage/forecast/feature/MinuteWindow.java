package voltage.forecast.feature;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import voltage.forecast.NormalDistribution;

/**
 * The latest hour, minute by minute, as a net sees it: price, volume and order flow, each freed of its level and scale in double before
 * it becomes a float. At a price of 90 000 a float knows nothing below half a cent, and what a net does with it loses more.
 *
 * <ul>
 *   <li>Price: {@code ln(C_i / C_now) / (σ√60)}, σ² being the mean squared one-minute return of the window.
 *   <li>Volume: ln V, less its mean, over its standard deviation; 0 if all are equal.
 *   <li>Order flow: candles do not say who traded, so it is bulk volume classification (Easley, López de Prado, O'Hara 2012, Review of
 *       Financial Studies 25:1457–1493): {@code V_i (2Φ(r_i/σ) − 1)}, what was bought less what was sold, over its root mean square.
 * </ul>
 *
 * <p>Of a minute that is not known, or in which nobody traded, the price is the one before (the one after if there is none before),
 * the volume is the mean one and nothing flows. Returns are of two known minutes in a row. There is no window with less than 80 % of
 * its minutes known, as for all features, nor one whose price did not move. The scale that is taken out is {@link #logSigma}.
 */
public final class MinuteWindow {
    public static final int MINUTES = 60;
    public static final int CHANNELS = 3;
    /** Minutes that it is made of: one more, for the first return. */
    public static final int HISTORY = MINUTES + 1;

    private static final int PRICE = 0;
    private static final int VOLUME = 1;
    private static final int FLOW = 2;
    private static final double LEAST_KNOWN = 0.8;

    private final double[] values = new double[CHANNELS * MINUTES];
    private final double logSigma;

    private MinuteWindow(double logSigma) {
        this.logSigma = logSigma;
    }

    /**
     * The window of a history.
     *
     * @param closesE4 of {@link #HISTORY} minutes or more, the latest first, 0 where not known
     * @param volumesE8 of the same, 0 where not known
     * @return null if too little of it is known
     */
    public static @Nullable MinuteWindow of(long[] closesE4, long[] volumesE8) {
        if (closesE4.length < HISTORY || volumesE8.length < HISTORY) {
            throw new IllegalArgumentException("a window is made of " + HISTORY + " minutes, was " + closesE4.length
                    + " closes and " + volumesE8.length + " volumes");
        }
        int closes = 0;
        int volumes = 0;
        double squares = 0;
        int returns = 0;
        for (int back = 0; back < MINUTES; back++) {
            closes += closesE4[back] > 0 ? 1 : 0;
            volumes += volumesE8[back] > 0 ? 1 : 0;
            double change = change(closesE4, back);
            if (!Double.isNaN(change)) {
                squares += change * change;
                returns++;
            }
        }
        if (Math.min(closes, volumes) < LEAST_KNOWN * MINUTES || !(squares > 0)) {
            return null;
        }
        double sigma = Math.sqrt(squares / returns);
        MinuteWindow window = new MinuteWindow(StrictMath.log(sigma));
        window.fillPrice(closesE4, sigma * Math.sqrt(MINUTES));
        window.fillVolume(volumesE8, volumes);
        window.fillFlow(closesE4, volumesE8, sigma);
        return window;
    }

    private static double change(long[] closesE4, int back) {
        return closesE4[back] == 0 || closesE4[back + 1] == 0
                ? Double.NaN
                : StrictMath.log((double) closesE4[back] / closesE4[back + 1]);
    }

    private void fillPrice(long[] closesE4, double scale) {
        int earliest = MINUTES - 1;
        while (closesE4[earliest] == 0) {
            earliest--;
        }
        int latest = 0;
        while (closesE4[latest] == 0) {
            latest++;
        }
        double carried = closesE4[earliest];
        for (int minute = 0; minute < MINUTES; minute++) {
            long close = closesE4[MINUTES - 1 - minute];
            carried = close > 0 ? close : carried;
            values[PRICE * MINUTES + minute] = StrictMath.log(carried / closesE4[latest]) / scale;
        }
    }

    private void fillVolume(long[] volumesE8, int known) {
        double sum = 0;
        for (int minute = 0; minute < MINUTES; minute++) {
            long volume = volumesE8[MINUTES - 1 - minute];
            double log = volume > 0 ? StrictMath.log(volume) : 0;
            values[VOLUME * MINUTES + minute] = log;
            sum += log;
        }
        double mean = sum / known;
        double squares = 0;
        for (int minute = 0; minute < MINUTES; minute++) {
            int at = VOLUME * MINUTES + minute;
            values[at] = volumesE8[MINUTES - 1 - minute] > 0 ? values[at] - mean : 0;
            squares += values[at] * values[at];
        }
        // Equal volumes differ from their mean by rounding alone.
        scale(VOLUME, Math.sqrt(squares / known), 1e-9);
    }

    private void fillFlow(long[] closesE4, long[] volumesE8, double sigma) {
        double squares = 0;
        for (int minute = 0; minute < MINUTES; minute++) {
            int back = MINUTES - 1 - minute;
            double change = change(closesE4, back);
            double flow = Double.isNaN(change)
                    ? 0
                    : volumesE8[back] * (2 * NormalDistribution.cumulative(change / sigma) - 1);
            values[FLOW * MINUTES + minute] = flow;
            squares += flow * flow;
        }
        scale(FLOW, Math.sqrt(squares / MINUTES), 0);
    }

    private void scale(int channel, double by, double least) {
        for (int at = channel * MINUTES; at < (channel + 1) * MINUTES; at++) {
            values[at] = by > least ? values[at] / by : 0;
        }
    }

    /** ln of the deviation of one minute's log price, the root of the window's mean squared return. */
    public double logSigma() {
        return logSigma;
    }

    /** Of a channel (price, volume, order flow) and a minute, the earliest being 0. */
    public double value(int channel, int minute) {
        return values[channel * MINUTES + minute];
    }

    /** All values, channel by channel, each from the earliest minute to the latest; the caller's own. */
    public double[] values() {
        return values.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MinuteWindow window
                && Double.doubleToLongBits(logSigma) == Double.doubleToLongBits(window.logSigma)
                && Arrays.equals(values, window.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "MinuteWindow[logSigma=" + logSigma + "]";
    }
}
