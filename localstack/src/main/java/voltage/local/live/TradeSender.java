package voltage.local.live;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
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
    private final ArrayBlockingQueue<EntryRecord> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread thread =
            Thread.ofPlatform().name("trade-sender").daemon(true).unstarted(this::run);
    private volatile boolean isStopping;

    TradeSender(TradeLog log, TradeStore store, Lane lane) {
        this.log = log;
        this.store = store;
        this.lane = lane;
    }

    void start() {
        thread.start();
    }

    /** Returns at once. */
    void ended(EntryRecord trade) {
        try {
            log.ended(trade);
        } catch (UncheckedIOException e) {
            // The journal can make the file again; exits need the worker.
            LOG.warn("the trade of {} is not in trades.jsonl: {}", trade.commandId(), e.getMessage());
        }
        if (!waiting.offer(trade)) {
            LOG.warn(
                    "{} trades wait for the table; that of {} is in trades.jsonl only",
                    MOST_WAITING,
                    trade.commandId());
        }
    }

    private void run() {
        try {
            while (!isStopping || !waiting.isEmpty()) {
                EntryRecord trade = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (trade != null) {
                    put(trade);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
        isStopping = true;
        try {
            if (!thread.join(Duration.ofSeconds(2))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        log.close();
    }
}
