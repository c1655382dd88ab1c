package voltage.forecast.model;

import org.jspecify.annotations.Nullable;
import voltage.forecast.feature.MinuteFeatures;
import voltage.forecast.feature.MinuteWindow;

/**
 * All that is known at an instant. It remembers what a net has said, so that the forecasts of all events cost one run of the net; so it is of
 * one instant and one thread.
 */
public final class ForecastInput {
    private final double[] row;
    private final @Nullable MinuteWindow window;
    private @Nullable EventNet asked;
    private double[] said = {};

    /**
     * A row and a window.
     *
     * @param row of features, NaN for missing; not copied, not to be changed
     * @param window the latest hour for nets; without it they say NaN
     */
    public ForecastInput(double[] row, @Nullable MinuteWindow window) {
        this.row = row;
        this.window = window;
    }

    /** What is known at an instant, epoch nanoseconds UTC. */
    public static ForecastInput of(MinuteFeatures features, long instantNanos) {
        return new ForecastInput(features.at(instantNanos).toRow(), features.window(instantNanos));
    }

    /** Features in their set's order, NaN for missing; not to be changed. */
    public double[] row() {
        return row;
    }

    /** The latest hour; null if too little of it is known. */
    public @Nullable MinuteWindow window() {
        return window;
    }

    /** What a net says of an event; NaN without a window. The net that was asked last is not run again. */
    double of(EventNet net, int event) {
        MinuteWindow seen = window;
        if (seen == null) {
            return Double.NaN;
        }
        if (asked != net) {
            said = net.probabilities(row, seen);
            asked = net;
        }
        return said[event];
    }
}
