package voltage.local.simulation;

/**
 * A fault that has been planned before the run: from {@code atNanos} after the start it lies in wait for the first thing that it
 * can hit.
 *
 * @param number its place in the schedule, by which it is named on the command line
 * @param lastsNanos for those that last, or delay
 * @param pick chooses among what can be hit
 */
record PlannedFault(int number, FaultKind kind, long atNanos, long lastsNanos, int pick) {
    @Override
    public String toString() {
        return "#" + number + " " + kind + " from " + atNanos / 1_000_000 / 1e3 + " s, " + lastsNanos / 1_000_000
                + " ms, " + pick;
    }
}
