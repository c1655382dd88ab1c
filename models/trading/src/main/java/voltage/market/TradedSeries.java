package voltage.market;

import java.util.List;
import java.util.TreeSet;

/**
 * The series that are Voltage's business. Kalshi's life-cycle channel tells of every market of the exchange, with a strike that says
 * nothing of what it is a price of: only the series does.
 *
 * @param tickers in order and each once, so that their text is always the same; never empty
 */
public record TradedSeries(List<String> tickers) {
    /** The quarter-hour, the ranges and the hourly strikes: every family that settles on the Bitcoin index. */
    public static final TradedSeries BITCOIN = new TradedSeries(List.of("KXBTC", "KXBTC15M", "KXBTCD"));

    /** The quarter-hour alone: what the feeds list, the recordings hold and the volatility forecast was fitted for. */
    public static final TradedSeries QUARTER_HOUR = new TradedSeries(List.of("KXBTC15M"));

    public TradedSeries {
        tickers = List.copyOf(new TreeSet<>(tickers));
        if (tickers.isEmpty() || tickers.stream().anyMatch(ticker -> ticker.isEmpty() || ticker.contains("-"))) {
            throw new IllegalArgumentException(
                    "traded series must be named, each by what stands before the hyphen of its markets' tickers, was "
                            + tickers);
        }
    }

    /** Whether a market, an event or a series is one of these, by what stands before the ticker's first hyphen. */
    public boolean hold(String ticker) {
        int hyphen = ticker.indexOf('-');
        return tickers.contains(hyphen < 0 ? ticker : ticker.substring(0, hyphen));
    }
}
