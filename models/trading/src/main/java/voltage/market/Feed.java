package voltage.market;

/** One stream of input. The journal keeps one object per feed and five minutes; every frame belongs to exactly one feed. */
public enum Feed {
    /** Kalshi WebSocket. */
    KALSHI_STREAM,
    /** Bodies of Kalshi REST market data, as polled. */
    KALSHI_REST,
    KRAKEN_STREAM,
    /** Bodies of Kraken REST candles and trades, fetched as backfill. */
    KRAKEN_REST,
    COINBASE_STREAM,
    BINANCE_STREAM,
    /** Bodies of Binance REST klines, fetched as backfill. */
    BINANCE_REST,
    BINANCE_US_STREAM,
    /** Bodies of Binance.US REST klines, fetched as backfill. */
    BINANCE_US_REST,
    /** Execution reports from the lane's reports queue. */
    REPORTS,
    /** The account as the ledger has it, read at start and after a reconciliation. */
    LEDGER,
    /** The operator's commands to this worker. */
    OPERATOR,
    /** What this worker's models forecast, minute by minute. */
    FORECAST
}
