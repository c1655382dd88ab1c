package voltage.training.evaluate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that was measured in one run.
 *
 * @param featureSet version of the features
 * @param candleHash of the candles, whatever files they stood in
 * @param folds of the events' test, in the order of time
 * @param events one for each threshold
 * @param contracts beside the market; null if there are no quotes, or no candles before them
 * @param outcomes a model of the contract's own outcome beside the formula; null if there are too few candles
 */
public record Evaluation(
        String featureSet,
        String candleHash,
        List<Spans> folds,
        List<EventEvaluation.Report> events,
        ContractEvaluation.@Nullable Report contracts,
        @Nullable OutcomeReport outcomes) {
    public Evaluation {
        folds = List.copyOf(folds);
        events = List.copyOf(events);
    }
}
