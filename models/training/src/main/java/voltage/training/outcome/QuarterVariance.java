package voltage.training.outcome;

import java.util.Arrays;
import voltage.training.data.Dataset;
import voltage.training.data.MinutePrices;
import voltage.training.data.MinuteQuote;
import voltage.training.evaluate.ContractEvaluation;
import voltage.training.measure.ArcsineLaw;

/**
 * How variance is spread over the minutes of a quarter-hour, and what a forecast of made-up contracts could reach at best if that were all that
 * volatility does. The last minutes are calm (0.7 of the mean on Binance's candles): late in a contract's life more has been seen than under the
 * same volatility in each minute, and the plain arcsine law would ring the alarm on every honest forecast.
 *
 * @param weights of the fifteen minutes, of any sum above 0
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
record QuarterVariance(double[] weights) {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final int LAST = MinuteQuote.LIFETIME_MINUTES - 1;

    QuarterVariance {
        if (weights.length != MinuteQuote.LIFETIME_MINUTES
                || !(Arrays.stream(weights).sum() > 0)) {
            throw new IllegalArgumentException(
                    "there is a variance for each of 15 minutes, was " + Arrays.toString(weights));
        }
    }

    /** Mean squared one-minute returns by minute of the quarter-hour, of what ended from one instant on and before another. */
    static QuarterVariance of(Dataset data, MinutePrices prices, long fromNanos, long toNanos) {
        Dataset part = data.between(fromNanos, toNanos);
        double[] squares = new double[MinuteQuote.LIFETIME_MINUTES];
        int[] known = new int[squares.length];
        for (int row = 0; row < part.size(); row++) {
            long end = part.atNanos(row);
            double change = StrictMath.log(prices.close(end) / prices.close(end - MINUTE_NANOS));
            if (Double.isFinite(change)) {
                int minute = (int) Math.floorMod(end / MINUTE_NANOS - 1, (long) squares.length);
                squares[minute] += change * change;
                known[minute]++;
            }
        }
        for (int minute = 0; minute < squares.length; minute++) {
            squares[minute] /= Math.max(1, known[minute]);
        }
        return new QuarterVariance(squares);
    }

    /** Of a forecast so many minutes before close. */
    ContractEvaluation.Ideal ideal(int minutesToClose) {
        double lag = CandleSettlement.LAG_SECONDS / 60 * weights[LAST];
        double left = lag;
        double seen = lag;
        for (int minute = 0; minute < LAST; minute++) {
            if (minute < MinuteQuote.LIFETIME_MINUTES - minutesToClose) {
                seen += weights[minute];
            } else {
                left += weights[minute];
            }
        }
        double share = seen / (seen + left);
        return new ContractEvaluation.Ideal(ArcsineLaw.brierAt(share), ArcsineLaw.logLossAt(share));
    }
}
