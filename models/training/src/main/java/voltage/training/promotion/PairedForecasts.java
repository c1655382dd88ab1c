package voltage.training.promotion;

/**
 * What two sets of models said of one event at the same instants, and what happened.
 *
 * @param event its name
 * @param champion probabilities of the set in use
 * @param challenger probabilities of the set that would take its place
 * @param labels whether it happened
 * @param atNanos epoch nanoseconds UTC, in order
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
public record PairedForecasts(String event, double[] champion, double[] challenger, boolean[] labels, long[] atNanos) {
    public PairedForecasts {
        if (champion.length != labels.length || challenger.length != labels.length || atNanos.length != labels.length) {
            throw new IllegalArgumentException("forecasts are paired with outcomes and times, was " + champion.length
                    + ", " + challenger.length + ", " + labels.length + " and " + atNanos.length);
        }
    }

    public int size() {
        return labels.length;
    }
}
