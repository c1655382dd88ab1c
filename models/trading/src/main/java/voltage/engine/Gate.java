package voltage.engine;

import java.util.Locale;

/**
 * What must hold before an entry, in the order in which a decision lists it. The first one that fails is why we stayed out. Each has
 * one value and one threshold in one unit.
 */
public enum Gate {
    PAUSE(Unit.FLAG, "lane paused: %s"),
    HALT(Unit.FLAG, "lane halted or not armed: %s"),
    DAILY_LOSS(Unit.CASH_E6, "lost %s today (limit %s)"),
    DAILY_LOSS_SHARE(Unit.SHARE_E4, "lost %s of the day's equity (limit %s)"),
    WEEKLY_LOSS_SHARE(Unit.SHARE_E4, "lost %s of the week's equity (limit %s)"),
    DRAWDOWN(Unit.SHARE_E4, "%s below the peak (limit %s)"),
    EXCHANGE_OPEN(Unit.FLAG, "trading paused by the exchange: %s"),
    MARKET_OPEN(Unit.SECONDS, "open for %s (at least %s)"),
    STRIKE_KNOWN(Unit.FLAG, "strike unknown: %s"),
    CLOSE_CUTOFF(Unit.SECONDS, "settles in %s (no entries under %s)"),
    BOOK_WHOLE(Unit.FLAG, "book incomplete or damaged: %s"),
    BOOK_AGE(Unit.MILLIS, "book %s old (limit %s)"),
    SPOT_SOURCES(Unit.COUNT, "%s fresh spot sources (at least %s)"),
    SPOT_AGREEMENT(Unit.SHARE_E4, "spot sources %s apart (limit %s)"),
    MODEL(Unit.FLAG, "models missing, broken or late, and this lane may not trade without: %s"),
    FORECAST(Unit.FLAG, "no forecast: %s"),
    ATR_REGIME(Unit.RATIO_E6, "true range %s times its mean (limit %s)"),
    SPREAD(Unit.PRICE_E4, "spread %s (limit %s)"),
    EDGE(Unit.PRICE_E4, "edge after fees %s (at least %s)"),
    CONVICTION(Unit.FLAG, "indicators contradict each other or the side: %s"),
    PRICE_FLOOR(Unit.PRICE_E4, "price %s (at least %s)"),
    PRICE_CEILING(Unit.PRICE_E4, "price %s (at most %s)"),
    TREND(Unit.RATIO_E6, "trend %s against us (limit %s)"),
    COOLDOWN(Unit.SECONDS, "%s of the pause after an exit or a missed entry left (limit %s)"),
    QUARANTINE(Unit.COUNT, "%s exits in a minute: market quarantined (limit %s)"),
    IN_FLIGHT(Unit.COUNT, "%s commands in flight (limit %s)"),
    HOLDING(Unit.CONTRACTS_E2, "holding %s contracts already (limit %s)"),
    OPEN_ORDERS(Unit.COUNT, "%s open orders (limit %s)"),
    ORDER_RATE(Unit.COUNT, "%s orders in the last second (limit %s)"),
    ORDERS_A_MINUTE(Unit.COUNT, "%s orders in the last minute (limit %s)"),
    POSITION(Unit.CONTRACTS_E2, "would hold %s contracts (limit %s)"),
    EXPOSURE(Unit.CASH_E6, "would risk %s at settlement (limit %s)"),
    ENTRY_FILTER(Unit.SHARE_E4, "entry filter gives %s of a profit (at least %s)"),
    SIZE(Unit.CONTRACTS_E2, "sized to %s contracts (at least %s)");

    /** The value of a gate whose input is missing. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    /** What a gate's value and threshold are counted in. */
    public enum Unit {
        /** 1 for true, 0 for false. */
        FLAG,
        COUNT,
        MILLIS,
        SECONDS,
        PRICE_E4,
        CASH_E6,
        SHARE_E4,
        RATIO_E6,
        CONTRACTS_E2
    }

    /** What became of a gate in one evaluation. */
    public enum Verdict {
        PASS,
        FAIL,
        /** Needs a side, and there is none, or an input that an earlier gate found missing. */
        NOT_APPLICABLE
    }

    private final Unit unit;
    private final String words;

    Gate(Unit unit, String words) {
        this.unit = unit;
        this.words = words;
    }

    public Unit unit() {
        return unit;
    }

    /** The finding in the operator's words, for example {@code book 812 ms old (limit 500 ms)}. */
    public String describe(long value, long threshold) {
        return words.formatted(show(value), show(threshold));
    }

    private String show(long value) {
        if (value == UNKNOWN) {
            return "an unknown value";
        }
        return switch (unit) {
            case FLAG -> value != 0 ? "yes" : "no";
            case COUNT -> Long.toString(value);
            case MILLIS -> value + " ms";
            case SECONDS -> value + " s";
            case PRICE_E4 -> String.format(Locale.ROOT, value % 100 == 0 ? "%.0f ¢" : "%.1f ¢", value / 100.0);
            case CASH_E6 -> String.format(Locale.ROOT, "$%.2f", value / 1e6);
            case SHARE_E4 -> String.format(Locale.ROOT, "%.2f %%", value / 100.0);
            case RATIO_E6 -> String.format(Locale.ROOT, "%.4f", value / 1e6);
            case CONTRACTS_E2 -> String.format(Locale.ROOT, value % 100 == 0 ? "%.0f" : "%.2f", value / 100.0);
        };
    }
}
