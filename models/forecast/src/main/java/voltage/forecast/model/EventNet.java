package voltage.forecast.model;

import java.util.List;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.feature.MinuteWindow;

/** A net that forecasts several events in one run. Not for several threads at once. */
public interface EventNet extends AutoCloseable {
    /** What it forecasts, in the order of its outputs. */
    List<VolatilityEvent> events();

    /**
     * One run.
     *
     * @param row of features in the order of the set that it was trained with, NaN for missing
     * @return a probability for each event, the caller's own
     */
    double[] probabilities(double[] row, MinuteWindow window);

    /** Lets go of what it holds outside of Java; it is not to be run afterwards. */
    @Override
    default void close() {}
}
