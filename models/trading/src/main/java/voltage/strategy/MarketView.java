package voltage.strategy;

import voltage.market.CandleHistory;
import voltage.market.MarketDefinition;
import voltage.market.OrderBook;

/** What a strategy may look at: one market at one instant. Prices in {@code double} are for models only. */
public interface MarketView {
    MarketDefinition definition();

    OrderBook book();

    /** Engine time, epoch nanoseconds UTC. */
    long nowNanos();

    /** The settlement index now, or the best stand-in for it from spot, in dollars; NaN if unknown. */
    double indexPrice();

    /** Of the 60 values whose mean decides, those already seen; 0 before the last minute. */
    int fixingsSeen();

    /** Mean of the fixings seen, in dollars; NaN if none. */
    double fixingsMean();

    /** Candles of the venue with the best history. */
    CandleHistory candles();

    /** Forecast volatility of the logarithm of the index per square root of a second; NaN if unknown. */
    double volatility();

    /** Degrees of freedom of the Student's t that goes with the volatility; 0 for the normal distribution. */
    int tailDegrees();
}
