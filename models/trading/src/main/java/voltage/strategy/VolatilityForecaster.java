package voltage.strategy;

import voltage.market.CandleSeries;

/** Forecasts the volatility of the next quarter of an hour from one-minute candles. */
public interface VolatilityForecaster {
    String name();

    /** Volatility of log price per square root of a second, or NaN if the history does not suffice. */
    double perSqrtSecond(CandleSeries minutes);
}
