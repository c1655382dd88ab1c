package voltage.local.live;

import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import voltage.order.Lane;
import voltage.store.trade.TradeStore;
import voltage.strategy.EntryRecord;
import voltage.worker.report.TradeLog;

/**
 * Keeps trades: in the file at once, in the table from a thread of its own, since the engine waits for nobody. What the table does not take is
 * counted and told; the file has it.
 */
final class TradeSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TradeSender.class);
    private static final int MOST_WAITING = 64;

    private final TradeLog log;
    private final TradeStore store;
    private final Lane lane;
    private final Outbox<EntryRecord> outbox = new Outbox<>("trade-sender", MOST_WAITING, this::put);

    TradeSender(TradeLog log, TradeStore store, Lane lane) {
        this.log = log;
        this.store = store;
        this.lane = lane;
    }

    void start() {
        outbox.start();
    }

    /** Returns at once. */
    void ended(EntryRecord trade) {
        try {
            log.ended(trade);
        } catch (UncheckedIOException e) {
            // The journal can make the file again; exits need the worker.
            LOG.warn("the trade of {} is not in trades.jsonl: {}", trade.commandId(), e.getMessage());
        }
        if (!outbox.offer(trade)) {
            LOG.warn(
                    "{} trades wait for the table; that of {} is in trades.jsonl only",
                    MOST_WAITING,
                    trade.commandId());
        }
    }

    private void put(EntryRecord trade) {
        try {
            store.put(lane, trade);
        } catch (RuntimeException e) {
            LOG.warn("the trade of {} is in trades.jsonl only: {}", trade.commandId(), e.toString());
        }
    }

    /** Waits two seconds at most for what is under way. */
    @Override
    public void close() {
        outbox.close();
        log.close();
    }
}
