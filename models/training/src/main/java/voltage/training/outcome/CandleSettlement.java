package voltage.training.outcome;

import voltage.forecast.SettlementAverage;
import voltage.training.evaluate.ContractForecaster;

/**
 * The settlement of a made-up contract. The mean of a candle's open, high, low and close stands for the mean of a minute's sixty fixings, and the
 * one is nearer to its minute's ends than the other: of a random walk it is {@code (7 − 4 ln 2)/16} minutes of variance away from either, 15.9 s,
 * where the fixings' mean is 20.5 s from the close. The formula is given that variance, and so is the ideal
 * ({@link QuarterVariance}); else a model that learns from
 * such outcomes would be praised for having found out about candles.
 */
final class CandleSettlement {
    /** {@code Var((O+H+L+C)/4)} given O: {@code E[HL] = (1 − 2 ln 2)T}, {@code E[HC] = E[LC] = T/2} for a random walk. */
    static final double LAG_SECONDS = 60 * (7 - 4 * StrictMath.log(2)) / 16;

    private CandleSettlement() {}

    /** Variance between the price so many minutes before close and the settlement, in seconds of the price's variance. */
    static double secondsOfVariance(int minutesToClose) {
        return 60.0 * (minutesToClose - 1) + LAG_SECONDS;
    }

    /** Distance of price and strike in deviations of what is to come. */
    static double standardised(double moved, double volatility, int minutesToClose) {
        return (moved - 1) / (moved * volatility * Math.sqrt(secondsOfVariance(minutesToClose)));
    }

    /**
     * Probability of YES by the formula: under the volatility with which the fixings' mean would vary as much as the candle's does.
     *
     * @param volatility of log price per √s; NaN gives NaN
     * @param moved ratio of the price to the strike
     */
    static double yes(ContractForecaster formula, double volatility, double moved, int minutesToClose) {
        double left = 60.0 * minutesToClose;
        double ofFixings = SettlementAverage.deviation(1, 1, left, 0);
        return formula.yes(volatility * Math.sqrt(secondsOfVariance(minutesToClose)) / ofFixings, moved, left);
    }
}
