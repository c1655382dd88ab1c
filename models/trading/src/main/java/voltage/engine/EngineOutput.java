package voltage.engine;

import voltage.market.CandleSeries;
import voltage.market.MarketKey;
import voltage.order.Command;
import voltage.strategy.EntryRecord;

/** What an engine says. */
public sealed interface EngineOutput {
    /** An explained evaluation. */
    record Decided(Decision decision) implements EngineOutput {}

    /** A command that is to be sent; its epochs are filled in by the publisher. */
    record Intent(Command command) implements EngineOutput {}

    /** A book turned out damaged on being applied: the feed must fetch a new snapshot. */
    record BookNeeded(MarketKey market) implements EngineOutput {}

    /** A trade has ended, with all that was known when it was entered. */
    record TradeRecorded(EntryRecord trade) implements EngineOutput {}

    /** A minute has closed or history has changed: the models are to say what they expect now. {@code minutes} is the engine's own. */
    record ForecastNeeded(long nanos, CandleSeries minutes) implements EngineOutput {}

    /** Something the operator must know. */
    record Status(long nanos, Level level, String ticker, String text) implements EngineOutput {
        public enum Level {
            NOTE,
            ALERT
        }
    }

    /** Takes outputs one by one, in order. */
    @FunctionalInterface
    interface Sink {
        void on(EngineOutput output);
    }
}
