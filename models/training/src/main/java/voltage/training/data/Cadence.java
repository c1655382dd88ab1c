package voltage.training.data;

/** How often a row is made. */
public enum Cadence {
    /** At the end of each minute: what training wants. */
    MINUTE(1),
    /** At :00, :15, :30 and :45: when the contracts begin, what measuring wants. */
    QUARTER_HOUR(15);

    private final int minutes;

    Cadence(int minutes) {
        this.minutes = minutes;
    }

    /** Minutes between two rows. */
    public int minutes() {
        return minutes;
    }
}
