package voltage.strategy;

import voltage.market.CandleSeries;

/** Momentum: close over the close of {@code minutes} ago, less one. Beyond the threshold either way it gives a direction. */
public final class RateOfChange implements Strategy {
    private final int minutes;
    private final int thresholdE6;

    /** @param thresholdE6 in millionths: 500 for 5 basis points */
    public RateOfChange(int minutes, int thresholdE6) {
        this.minutes = minutes;
        this.thresholdE6 = thresholdE6;
    }

    @Override
    public String name() {
        return "roc";
    }

    @Override
    public Pace pace() {
        return Pace.CANDLE;
    }

    @Override
    public void evaluate(MarketView view, Opinion out) {
        CandleSeries series = view.candles().minutes();
        if (series.size() <= minutes) {
            return;
        }
        long now = series.last().closeE4();
        long then = series.back(minutes).closeE4();
        int changeE6 = (int) ((now - then) * 1_000_000 / then);
        out.direction(changeE6 >= thresholdE6 ? 1 : changeE6 <= -thresholdE6 ? -1 : 0, changeE6);
    }
}
