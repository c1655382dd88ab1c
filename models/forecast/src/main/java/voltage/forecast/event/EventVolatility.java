package voltage.forecast.event;

/**
 * Between the probability of a {@link VolatilityEvent} and the volatility that implies it: {@code P(|r| > X) = 2(1 − F(X/(σ√τ)))}, for
 * a return without drift.
 */
public final class EventVolatility {
    private static final int MOST_STEPS = 200;
    private static final double RELATIVE_ERROR = 1e-13;

    private final Tail tail;

    public EventVolatility(Tail tail) {
        this.tail = tail;
    }

    /**
     * Probability of an event.
     *
     * @param volatility of log price per √s, positive
     * @return 0 to 1; NaN if the volatility is not positive
     */
    public double probability(VolatilityEvent event, double volatility) {
        if (!(volatility > 0)) {
            return Double.NaN;
        }
        return tail.beyond(event.threshold() / (volatility * Math.sqrt(event.horizonSeconds())));
    }

    /**
     * The volatility under which an event has a probability, by Newton's steps within a bracket.
     *
     * @param probability above 0 and below 1
     * @return of log price per √s; NaN for any other probability, which no volatility implies
     */
    public double volatility(VolatilityEvent event, double probability) {
        if (!(probability > 0) || !(probability < 1)) {
            return Double.NaN;
        }
        return event.threshold() / (reach(probability) * Math.sqrt(event.horizonSeconds()));
    }

    /**
     * One volatility out of several events' probabilities: the mean of the implied logarithms, each weighted by what its event tells
     * of the volatility, {@code (dp/d ln σ)²/(p(1−p))}: an event that is all but certain or impossible tells little.
     *
     * @param probabilities one for each event; what is not above 0 and below 1 is left out
     * @return of log price per √s; NaN if nothing is left
     */
    public double volatility(VolatilityEvent[] events, double[] probabilities) {
        if (events.length != probabilities.length) {
            throw new IllegalArgumentException("there is one probability for each event, was " + events.length
                    + " events, " + probabilities.length);
        }
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < events.length; i++) {
            double p = probabilities[i];
            if (p > 0 && p < 1) {
                double z = reach(p);
                double slope = 2 * z * tail.density(z);
                double weight = slope * slope / (p * (1 - p));
                sum += weight * StrictMath.log(events[i].threshold() / (z * Math.sqrt(events[i].horizonSeconds())));
                weights += weight;
            }
        }
        return weights > 0 ? StrictMath.exp(sum / weights) : Double.NaN;
    }

    /** The z with {@code P(|Z| > z) = p}. */
    private double reach(double p) {
        double low = 0;
        double high = 1;
        while (tail.beyond(high) > p && high < 1e150) {
            low = high;
            high *= 2;
        }
        double z = (low + high) / 2;
        for (int i = 0; i < MOST_STEPS && high - low > RELATIVE_ERROR * high; i++) {
            double excess = tail.beyond(z) - p;
            if (excess > 0) {
                low = z;
            } else {
                high = z;
            }
            double newton = z + excess / (2 * tail.density(z));
            double next = newton > low && newton < high ? newton : (low + high) / 2;
            if (Math.abs(next - z) <= RELATIVE_ERROR * z) {
                return next;
            }
            z = next;
        }
        return z;
    }
}
