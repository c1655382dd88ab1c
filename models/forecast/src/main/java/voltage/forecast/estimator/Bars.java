package voltage.forecast.estimator;

import voltage.market.Candle;
import voltage.market.CandleSeries;

/** A bar's logarithms as the literature names them: u = ln H/O, d = ln L/O, c = ln C/O, o = ln O/C of the bar before. */
final class Bars {
    private Bars() {}

    static double up(Candle bar) {
        return StrictMath.log((double) bar.highE4() / bar.openE4());
    }

    static double down(Candle bar) {
        return StrictMath.log((double) bar.lowE4() / bar.openE4());
    }

    static double close(Candle bar) {
        return StrictMath.log((double) bar.closeE4() / bar.openE4());
    }

    /** Return over the bar, from the close of the one before. */
    static double change(CandleSeries series, int back) {
        return StrictMath.log(
                (double) series.back(back).closeE4() / series.back(back + 1).closeE4());
    }

    /** What a variance says of flat data: nothing. */
    static double positive(double variance) {
        return variance > 0 ? variance : Double.NaN;
    }
}
