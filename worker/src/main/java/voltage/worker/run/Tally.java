package voltage.worker.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import voltage.engine.Decision;
import voltage.engine.EngineOutput;
import voltage.market.EventSink;
import voltage.market.MarketEvent;
import voltage.order.Command;
import voltage.order.ExecutionReport;
import voltage.worker.pipeline.LatencyProbe;

/** Counts what the engine said and what became of it. Each order, fill and settlement counts once, however often it is reported. */
public final class Tally implements EventSink {
    /** Far more than can be on their way at a time. */
    private static final int MOST_UNANSWERED = 1_024;

    /** Counts ids, each once. A report comes again within minutes, if it does: the oldest ids are forgotten, their count stays. */
    static final class Once {
        static final int REMEMBERED = 16_384;

        private final Set<String> recent = new LinkedHashSet<>();
        private long count;

        /** Whether the id is new. */
        boolean add(String id) {
            if (!recent.add(id)) {
                return false;
            }
            count++;
            if (recent.size() > REMEMBERED) {
                recent.remove(recent.iterator().next());
            }
            return true;
        }

        long count() {
            return count;
        }

        int remembered() {
            return recent.size();
        }
    }

    /** Orders that nobody has answered yet. */
    private final Map<String, Long> decidedNanos = new HashMap<>();

    private final Deque<String> unanswered = new ArrayDeque<>();
    private final Once orders = new Once();
    private final Once fills = new Once();
    private final Once settlements = new Once();
    private final Once refusedCommands = new Once();
    private final Map<String, Long> refused = new TreeMap<>();
    private final LatencyProbe decisionToOrder = LatencyProbe.off();
    private final Map<String, Long> forecasters = new TreeMap<>();
    private long decisions;
    private long intents;

    /** Counts what an engine said. */
    public void output(EngineOutput output) {
        switch (output) {
            case EngineOutput.Decided decided -> {
                decisions++;
                forecasters.merge(name(decided.decision().forecaster()), 1L, Long::sum);
            }
            case EngineOutput.Intent intent -> {
                if (intent.command() instanceof Command.PlaceOrder order) {
                    intents++;
                    decided(order);
                }
            }
            case EngineOutput.Status status -> {}
            case EngineOutput.BookNeeded needed -> {}
            case EngineOutput.TradeRecorded recorded -> {}
            case EngineOutput.ForecastNeeded needed -> {}
        }
    }

    private static String name(Decision.Forecaster forecaster) {
        return switch (forecaster.source()) {
            case MODELS -> forecaster.model();
            case HAR -> "har";
            case NONE -> "none";
        };
    }

    private void decided(Command.PlaceOrder order) {
        decidedNanos.put(order.id(), order.header().decidedNanos());
        unanswered.addLast(order.id());
        if (unanswered.size() > MOST_UNANSWERED) {
            decidedNanos.remove(unanswered.removeFirst());
        }
    }

    @Override
    public void on(MarketEvent event) {
        if (event instanceof ExecutionReport report) {
            report(report);
        }
    }

    private void report(ExecutionReport report) {
        switch (report) {
            case ExecutionReport.Accepted accepted -> order(report);
            case ExecutionReport.Cancelled cancelled -> order(report);
            case ExecutionReport.Filled filled -> {
                order(report);
                filled.fills().forEach(fill -> fills.add(fill.tradeId()));
            }
            case ExecutionReport.Corrected corrected -> corrected.fills().forEach(fill -> fills.add(fill.tradeId()));
            case ExecutionReport.Refused refusal -> {
                decidedNanos.remove(refusal.commandId());
                if (refusedCommands.add(refusal.commandId())) {
                    refused.merge(refusal.reason().name(), 1L, Long::sum);
                }
            }
            case ExecutionReport.Settled settled -> settlements.add(settled.ticker());
            case ExecutionReport.Unknown unknown -> {}
            case ExecutionReport.Reconciled reconciled -> {}
        }
    }

    private void order(ExecutionReport report) {
        Long decided = decidedNanos.remove(report.commandId());
        if (orders.add(report.commandId()) && decided != null && report.exchangeNanos() > 0) {
            decisionToOrder.record(report.exchangeNanos() - decided);
        }
    }

    public long decisions() {
        return decisions;
    }

    /** Decisions by whose volatility they were made on: a version of models, {@code har} or {@code none}. */
    public Map<String, Long> forecasters() {
        return new TreeMap<>(forecasters);
    }

    /** Orders that the engine wanted placed. */
    public long intents() {
        return intents;
    }

    /** Orders that reached the exchange. */
    public long orders() {
        return orders.count();
    }

    public long fills() {
        return fills.count();
    }

    public long settlements() {
        return settlements.count();
    }

    /** Refused commands by reason. */
    public Map<String, Long> refused() {
        return Map.copyOf(refused);
    }

    /** From the engine's decision to the exchange's time stamp of the order, by the lane's clock. */
    public LatencyProbe.Quantiles decisionToOrder() {
        return decisionToOrder.quantiles();
    }
}
