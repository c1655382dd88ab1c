package voltage.strategy;

import java.util.List;
import java.util.Objects;
import voltage.market.Candle;
import voltage.market.CandleHistory;
import voltage.market.CandleSeries;
import voltage.market.OrderBook;
import voltage.market.Side;

/**
 * What is known of a trade at the instant of its entry: the fourteen features of the entry filter (B11), and nothing that is known later; see
 * {@link Excursions} for that. All of them look from the side that is bought, so that a purchase of NO in a falling market is
 * the mirror image of one of YES in a rising market. Candles are closed minutes of the venue with the best history. What is not
 * known is {@link Opinion#NONE}.
 *
 * @param atNanos the instant of the decision
 * @param bookNanos when the book last changed, not later
 * @param candleEndNanos end of the latest candle looked at, not later; 0 if there was none
 * @param obiE6 share of our side's bids in the five best levels of both, in millionths
 * @param roc3E6 change of the index's stand-in over three minutes towards our side, in millionths; so over five and ten
 * @param atrE6 Wilder's true range of 14 five-minute candles over the price, in millionths
 * @param spreadE6 spread over the mid of our side, in millionths
 * @param bidDepthE2 contracts bid for our side on the five best levels, in hundredths
 * @param askDepthE2 contracts offered of our side on the five best levels, in hundredths
 * @param greenCandles3 how many of the latest three candles went our way, 0 to 3
 * @param candleBodyE6 the latest candle's body over its range, in millionths, plus if it went our way
 * @param volumeRatioE6 the latest candle's volume over the mean of the twenty before it, in millionths
 * @param secondsToClose of the market
 * @param hourOfDay UTC, 0 to 23
 * @param dayOfWeek UTC, Monday is 1, Sunday 7
 */
public record EntryFeatures(
        long atNanos,
        long bookNanos,
        long candleEndNanos,
        int obiE6,
        int roc3E6,
        int roc5E6,
        int roc10E6,
        int atrE6,
        int spreadE6,
        long bidDepthE2,
        long askDepthE2,
        int greenCandles3,
        int candleBodyE6,
        int volumeRatioE6,
        int secondsToClose,
        int hourOfDay,
        int dayOfWeek) {
    /** As a model's file names them, in the order of {@link #fill}. */
    public static final List<String> NAMES = List.of(
            "obi",
            "roc_3",
            "roc_5",
            "roc_10",
            "atr_pct",
            "spread_pct",
            "bid_depth",
            "ask_depth",
            "green_candles_3",
            "candle_body_pct",
            "volume_ratio",
            "time_remaining_sec",
            "hour_of_day",
            "day_of_week");

    private static final int LEVELS = 5;
    private static final int ATR_PERIOD = 14;
    private static final int VOLUME_PERIOD = 20;
    private static final long MILLION = 1_000_000;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long DAY_SECONDS = 86_400;

    public EntryFeatures {
        if (bookNanos > atNanos || candleEndNanos > atNanos) {
            throw new IllegalArgumentException("a feature is known when the entry is decided, at " + atNanos
                    + "; was a book of " + bookNanos + " and a candle that ended at " + candleEndNanos);
        }
    }

    /**
     * Takes them from a market.
     *
     * @param bookNanos when its book last changed
     */
    public static EntryFeatures of(MarketView view, Side side, long bookNanos, long nowNanos) {
        OrderBook book = view.book();
        long bids = book.ladder(side).depthE2(LEVELS);
        long asks = book.ladder(side.opposite()).depthE2(LEVELS);
        int twiceMid = book.bidE4(side) + book.askE4(side);
        CandleHistory history = view.candles();
        CandleSeries minutes = history.minutes();
        int first = firstClosed(minutes, nowNanos);
        boolean hasCandle = first < minutes.size();
        long second = Math.floorDiv(nowNanos, SECOND_NANOS);
        return new EntryFeatures(
                nowNanos,
                Math.min(bookNanos, nowNanos),
                hasCandle ? end(minutes.back(first)) : 0,
                bids + asks == 0 ? Opinion.NONE : (int) (bids * MILLION / (bids + asks)),
                change(minutes, first, 3, side),
                change(minutes, first, 5, side),
                change(minutes, first, 10, side),
                AverageTrueRange.latestE6(history.fives(), ATR_PERIOD),
                twiceMid == 0 ? Opinion.NONE : (int) (2L * book.spreadE4() * MILLION / twiceMid),
                bids,
                asks,
                green(minutes, first, side),
                hasCandle ? body(minutes.back(first), side) : Opinion.NONE,
                volumeRatio(minutes, first),
                (int) Math.max(0, Math.ceilDiv(view.definition().closeNanos() - nowNanos, SECOND_NANOS)),
                (int) Math.floorMod(Math.floorDiv(second, 3_600), 24L),
                // 1970 began on a Thursday.
                (int) Math.floorMod(Math.floorDiv(second, DAY_SECONDS) + 3, 7L) + 1);
    }

    /** A venue whose clock is ahead may have closed a minute that is not over here. */
    private static int firstClosed(CandleSeries minutes, long nowNanos) {
        int back = 0;
        while (back < minutes.size() && end(minutes.back(back)) > nowNanos) {
            back++;
        }
        return back;
    }

    private static long end(Candle minute) {
        return minute.openNanos() + 60 * SECOND_NANOS;
    }

    private static int change(CandleSeries minutes, int first, int back, Side side) {
        if (first + back >= minutes.size()) {
            return Opinion.NONE;
        }
        long now = minutes.back(first).closeE4();
        long then = minutes.back(first + back).closeE4();
        return (int) (side.sign() * (now - then) * MILLION / then);
    }

    private static int green(CandleSeries minutes, int first, Side side) {
        if (first + 3 > minutes.size()) {
            return Opinion.NONE;
        }
        int count = 0;
        for (int back = first; back < first + 3; back++) {
            Candle candle = minutes.back(back);
            count += side.sign() * (candle.closeE4() - candle.openE4()) > 0 ? 1 : 0;
        }
        return count;
    }

    private static int body(Candle candle, Side side) {
        long range = candle.highE4() - candle.lowE4();
        return range == 0 ? 0 : (int) (side.sign() * (candle.closeE4() - candle.openE4()) * MILLION / range);
    }

    private static int volumeRatio(CandleSeries minutes, int first) {
        if (first + VOLUME_PERIOD >= minutes.size()) {
            return Opinion.NONE;
        }
        double sum = 0;
        for (int back = 1; back <= VOLUME_PERIOD; back++) {
            sum += minutes.back(first + back).volumeE8();
        }
        double ratio = minutes.back(first).volumeE8() * (double) VOLUME_PERIOD / sum;
        return sum == 0 ? Opinion.NONE : (int) Math.min(Integer.MAX_VALUE, StrictMath.rint(ratio * 1e6));
    }

    /** Writes a model's row; NaN for what is not known. */
    public void fill(double[] row) {
        Objects.checkFromToIndex(0, NAMES.size(), row.length);
        row[0] = value(obiE6, 1e6);
        row[1] = value(roc3E6, 1e6);
        row[2] = value(roc5E6, 1e6);
        row[3] = value(roc10E6, 1e6);
        row[4] = value(atrE6, 1e6);
        row[5] = value(spreadE6, 1e6);
        row[6] = bidDepthE2 / 100.0;
        row[7] = askDepthE2 / 100.0;
        row[8] = value(greenCandles3, 1);
        row[9] = value(candleBodyE6, 1e6);
        row[10] = value(volumeRatioE6, 1e6);
        row[11] = secondsToClose;
        row[12] = hourOfDay;
        row[13] = dayOfWeek;
    }

    private static double value(int units, double scale) {
        return units == Opinion.NONE ? Double.NaN : units / scale;
    }
}
