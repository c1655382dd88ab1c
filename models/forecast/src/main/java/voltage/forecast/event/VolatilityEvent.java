package voltage.forecast.event;

import java.util.ArrayList;
import java.util.List;

/**
 * The event that the price moves by more than a threshold, up or down, until the horizon: {@code |ln C(t+h)/C(t)| > X}.
 *
 * @param horizonMinutes h, 1 to 1440
 * @param thresholdTenths X in tenths of a basis point (1e-5 of log price), positive: 200 is 20 bp
 */
public record VolatilityEvent(int horizonMinutes, int thresholdTenths) implements Comparable<VolatilityEvent> {
    public VolatilityEvent {
        if (horizonMinutes < 1 || horizonMinutes > 1440 || thresholdTenths < 1) {
            throw new IllegalArgumentException(
                    "a volatility event has a horizon of 1 to 1440 minutes and a threshold above 0 tenths of a basis point, was "
                            + horizonMinutes + " min and " + thresholdTenths);
        }
    }

    /** A threshold in whole basis points. */
    public static VolatilityEvent of(int horizonMinutes, int basisPoints) {
        return new VolatilityEvent(horizonMinutes, Math.multiplyExact(basisPoints, 10));
    }

    /** Every horizon with every threshold in basis points, horizon by horizon. */
    public static List<VolatilityEvent> grid(List<Integer> horizonMinutes, List<Integer> basisPoints) {
        List<VolatilityEvent> grid = new ArrayList<>();
        for (int horizon : horizonMinutes) {
            for (int threshold : basisPoints) {
                grid.add(of(horizon, threshold));
            }
        }
        return List.copyOf(grid);
    }

    /** X as a change of log price. */
    public double threshold() {
        return thresholdTenths * 1e-5;
    }

    public double horizonSeconds() {
        return horizonMinutes * 60.0;
    }

    /** Whether a log return over the horizon is the event; one that just reaches the threshold is not. */
    public boolean happened(double logReturn) {
        return Math.abs(logReturn) > threshold();
    }

    /** Lower case, as in file names and reports: {@code event-15m-20bp}. */
    public String name() {
        String basisPoints = thresholdTenths % 10 == 0
                ? Integer.toString(thresholdTenths / 10)
                : thresholdTenths / 10 + "." + thresholdTenths % 10;
        return "event-" + horizonMinutes + "m-" + basisPoints + "bp";
    }

    @Override
    public int compareTo(VolatilityEvent other) {
        int byHorizon = Integer.compare(horizonMinutes, other.horizonMinutes);
        return byHorizon != 0 ? byHorizon : Integer.compare(thresholdTenths, other.thresholdTenths);
    }
}
