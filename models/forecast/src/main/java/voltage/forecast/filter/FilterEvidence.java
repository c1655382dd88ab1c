package voltage.forecast.filter;

/**
 * What a filter's claim rests on: trades that no model and no threshold had seen when it judged them.
 *
 * @param trades all that it was trained on
 * @param wins among them
 * @param passed trades out of sample that it let pass
 * @param won among these
 * @param lowerBound of the precision, one-sided 95 % (Wilson)
 * @param untilNanos end of the latest trade
 */
public record FilterEvidence(int trades, int wins, int passed, int won, double lowerBound, long untilNanos) {
    /** Share of wins without a filter. */
    public double baseRate() {
        return (double) wins / trades;
    }

    /** Share of wins among what it lets pass, out of sample. */
    public double precision() {
        return (double) won / passed;
    }
}
