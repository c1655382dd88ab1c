package voltage.training.evaluate;

import java.util.Map;

/** What forecasters of contracts scored at one minute to close, or over all of them. */
public interface AtMinute {
    /** 0 for all together. */
    int minutesToClose();

    /** By the forecaster's name, all of the same instants. */
    Map<String, EventEvaluation.Figures> figures();

    /** The least that any forecast could have, if volatility were constant. */
    ContractEvaluation.Ideal ideal();

    /** Brier score of one forecaster; NaN if it is not among them. */
    default double brier(String name) {
        EventEvaluation.Figures of = figures().get(name);
        return of == null ? Double.NaN : of.scores().brier();
    }
}
