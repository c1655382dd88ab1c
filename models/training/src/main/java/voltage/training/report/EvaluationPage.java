package voltage.training.report;

import java.time.Instant;
import java.util.List;
import voltage.training.evaluate.ContractEvaluation;
import voltage.training.evaluate.Evaluation;
import voltage.training.evaluate.OutcomeReport;
import voltage.training.evaluate.Spans;

/** The report of an evaluation, as one file of HTML. */
public final class EvaluationPage {
    private EvaluationPage() {}

    /** The document; equal evaluations at equal times give equal bytes. */
    public static String of(Evaluation evaluation, Instant created) {
        return Page.of("Voltage: how good the forecasts are", page -> {
            page.text("h1", "How good the forecasts are");
            page.add(Page.note("Measured " + Dates.minute(created) + " on candles "
                    + evaluation.candleHash().substring(0, 12) + " with the features " + evaluation.featureSet()
                    + "."));
            ContractEvaluation.Report contracts = evaluation.contracts();
            List<String> said = contracts == null ? Headline.of(evaluation.events()) : Headline.of(contracts);
            boolean alarm = said.stream().anyMatch(line -> line.startsWith("Better than the ideal"));
            page.element(
                    "div", lead -> said.forEach(line -> lead.text("p", line)), "class", alarm ? "lead alarm" : "lead");
            if (contracts != null) {
                page.add(new ContractSection(contracts));
            }
            page.add(new EventSection(evaluation.events()));
            OutcomeReport outcomes = evaluation.outcomes();
            if (outcomes != null) {
                page.add(new OutcomeSection(outcomes));
            }
            page.add(shown -> method(shown, evaluation));
        });
    }

    private static void method(Markup page, Evaluation evaluation) {
        page.text("h2", "How it was measured");
        page.element("dl", list -> {
            entry(list, "Candles", "SHA-256 " + evaluation.candleHash());
            Spans first = evaluation.folds().getFirst();
            entry(
                    list,
                    "Events: tested once",
                    Dates.minute(first.testFromNanos()) + " to "
                            + Dates.minute(evaluation.folds().getLast().endNanos()) + ", in "
                            + Numbers.count(evaluation.folds().size()) + " folds");
            entry(
                    list,
                    "Events: trained",
                    "for each fold anew on all from " + Dates.minute(first.fromNanos())
                            + " to where it begins, less the horizon and an hour; a net on what was before the held-out part");
            entry(
                    list,
                    "Events: held out for weights and calibration",
                    "before each fold as long a part as from " + Dates.minute(first.holdFromNanos()) + " to "
                            + Dates.minute(first.testFromNanos()) + ", less the same");
            ContractEvaluation.Report contracts = evaluation.contracts();
            if (contracts != null) {
                entry(
                        list,
                        "Contracts: trained",
                        "before " + Dates.minute(contracts.spans().testFromNanos()) + ", held out from "
                                + Dates.minute(contracts.spans().holdFromNanos()));
            }
            entry(
                    list,
                    "A quote",
                    "is the mean of the market's mid over the minute before its time t. In the hard test ours knows the candles that ended at t − 60 s; in the other the price is the mean of the quote's own minute, the volatility that of t − 60 s. At 15 minutes the strike is only being made, so ours says one half.");
            entry(
                    list,
                    "The strike",
                    "is a mean of Kalshi's index, the candles are in USDT: only moves are used, from the mean of the minute before opening.");
            entry(
                    list,
                    "Volatility",
                    "of the four events' probabilities under Student's t with 4 degrees, priced over the exact variance of the settlement's mean. At the money a contract is worth one half whatever the volatility.");
            entry(
                    list,
                    "Brier score",
                    "mean squared distance of probability and outcome: 0.25 is a coin, 0 is certainty.");
            entry(list, "Intervals", "95 %, of whole UTC days drawn anew, as windows of one day are not independent.");
            entry(
                    list,
                    "Ideal",
                    "¼ − arcsin(ρ)/2π, ρ the share of the variance that has been seen; a score better than it by 0.01 on more than 2 000 forecasts raises an alarm.");
            entry(
                    list,
                    "ECE by chance",
                    "the calibration error that a perfectly calibrated forecast would show on so few instants.");
        });
    }

    private static void entry(Markup list, String name, String text) {
        list.text("dt", name).text("dd", text);
    }
}
