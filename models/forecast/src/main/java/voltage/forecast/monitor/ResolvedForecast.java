package voltage.forecast.monitor;

/**
 * What was forecast at one instant of a market that has ended.
 *
 * @param atNanos when, epoch nanoseconds UTC
 * @param minutesToClose whole minutes to the market's close, 1 or more
 * @param models versions of the models behind it; empty text if the decision does not say
 * @param probability ours of YES, 0 to 1
 * @param market what the market's mid said at the same instant, 0 to 1
 */
public record ResolvedForecast(long atNanos, int minutesToClose, String models, double probability, double market) {
    public ResolvedForecast {
        if (!(probability >= 0 && probability <= 1) || !(market >= 0 && market <= 1) || minutesToClose < 1) {
            throw new IllegalArgumentException("probabilities are 0 to 1 and minutes to close are 1 or more, was "
                    + probability + ", " + market + " and " + minutesToClose);
        }
    }
}
