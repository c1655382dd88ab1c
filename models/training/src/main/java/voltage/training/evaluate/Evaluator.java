package voltage.training.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.model.EventNet;
import voltage.training.data.CandleSource;
import voltage.training.data.Dataset;
import voltage.training.data.MarketFolder;
import voltage.training.data.MinutePrices;
import voltage.training.data.MinuteQuote;
import voltage.training.data.QuoteFolder;
import voltage.training.lightgbm.TrainingProgress;
import voltage.training.lightgbm.TrainingSettings;

/** One evaluation of everything that a folder of data allows: the events, and the contracts where the market's quotes are recorded. */
public final class Evaluator {
    private final EventTraining training;
    private final NetSource nets;
    private final OutcomeSource outcomes;
    private final Consumer<String> tell;

    /** Where a net comes from, for each training anew. */
    @FunctionalInterface
    public interface NetSource {
        /** Without nets. */
        NetSource NONE = (data, events, spans) -> null;

        /** A net of all events that has seen nothing of the held-out span; null without one. */
        @Nullable
        EventNet train(Dataset data, List<VolatilityEvent> events, Spans spans);
    }

    /** Who measures a model of the contract's own outcome beside the formula. */
    @FunctionalInterface
    public interface OutcomeSource {
        /** Without one. */
        OutcomeSource NONE = (data, prices, trained, spans, tell) -> null;

        /**
         * Trains on what was before the test and tests once.
         *
         * @param trained on {@code spans}, one training an event
         * @return null if there is too little to learn from, which {@code tell} is told
         */
        @Nullable
        OutcomeReport measure(
                Dataset data,
                MinutePrices prices,
                List<EventTraining.Trained> trained,
                Spans spans,
                Consumer<String> tell);
    }

    /** @param tell told of each step, in words */
    public Evaluator(
            TrainingSettings settings,
            TrainingProgress progress,
            NetSource nets,
            OutcomeSource outcomes,
            Consumer<String> tell) {
        training = new EventTraining(settings, progress);
        this.nets = nets;
        this.outcomes = outcomes;
        this.tell = tell;
    }

    /**
     * Trains and tests, for each fold anew.
     *
     * @param dataset of the candles
     * @param folds of the events' test, in the order of time
     * @param candles the same candles
     * @param folder may hold {@code kxbtc15m_minute_quotes} and {@code kxbtc15m_markets}
     */
    public Evaluation run(Dataset dataset, List<Spans> folds, CandleSource candles, Path folder) {
        List<List<TestedFold>> tests = new ArrayList<>();
        dataset.targets().forEach(event -> tests.add(new ArrayList<>()));
        List<EventTraining.Trained> first = List.of();
        for (Spans fold : folds) {
            tell.accept("models of what ended before " + Spans.at(fold.testFromNanos()) + ", fold "
                    + (tests.getFirst().size() + 1) + " of " + folds.size());
            Dataset served = dataset.servedFrom(fold.testFromNanos());
            List<EventTraining.Trained> trained = train(served, fold);
            if (first.isEmpty()) {
                first = trained;
            }
            for (int event = 0; event < trained.size(); event++) {
                tests.get(event).add(TestedFold.of(served, trained.get(event), fold));
            }
        }
        return new Evaluation(
                dataset.set().version(),
                dataset.candleHash(),
                folds,
                tests.stream().map(EventEvaluation::report).toList(),
                contracts(dataset, candles, folder),
                outcomes(dataset, candles, first, folds));
    }

    /** By the models of the first fold, on the time of all of them. */
    private @Nullable OutcomeReport outcomes(
            Dataset dataset, CandleSource candles, List<EventTraining.Trained> first, List<Spans> folds) {
        Spans fold = folds.getFirst();
        return outcomes.measure(
                dataset.servedFrom(fold.testFromNanos()),
                MinutePrices.of(candles),
                first,
                new Spans(
                        fold.fromNanos(),
                        fold.holdFromNanos(),
                        fold.testFromNanos(),
                        folds.getLast().endNanos()),
                tell);
    }

    private ContractEvaluation.@Nullable Report contracts(Dataset dataset, CandleSource candles, Path folder) {
        List<MinuteQuote> quotes = QuoteFolder.read(folder, MarketFolder.read(folder));
        if (quotes.isEmpty()) {
            tell.accept("no quotes of the market in " + folder + ": contracts are not compared with it");
            return null;
        }
        Spans spans;
        try {
            spans = ContractEvaluation.spans(dataset, quotes);
        } catch (IllegalArgumentException e) {
            tell.accept("contracts are not compared with the market: " + e.getMessage());
            return null;
        }
        tell.accept("contracts: models of what ended before " + Spans.at(spans.testFromNanos()));
        return ContractEvaluation.test(dataset, MinutePrices.of(candles), quotes, train(dataset, spans), spans);
    }

    private List<EventTraining.Trained> train(Dataset dataset, Spans spans) {
        List<EventTraining.Trained> all = new ArrayList<>();
        EventNet net = nets.train(dataset, dataset.targets(), spans);
        for (VolatilityEvent event : dataset.targets()) {
            tell.accept(event.name() + ": training");
            EventTraining.Trained trained = training.train(dataset, event, spans, net);
            tell.accept("  trained on " + trained.trainedOn() + " minutes, "
                    + trained.trees().bestRound()
                    + " trees; weights and calibration ("
                    + trained.calibration().kind() + ") held out on "
                    + trained.heldOut());
            all.add(trained);
        }
        return all;
    }
}
