package voltage.local.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import voltage.training.evaluate.AtMinute;
import voltage.training.evaluate.ContractEvaluation;
import voltage.training.evaluate.Evaluation;
import voltage.training.evaluate.EventEvaluation;
import voltage.training.evaluate.Knowledge;
import voltage.training.evaluate.OutcomeReport;
import voltage.training.evaluate.Spans;
import voltage.training.measure.Interval;
import voltage.training.report.Headline;

/** An evaluation in lines of text. */
final class EvaluationText {
    private final PrintWriter out;

    EvaluationText(PrintWriter out) {
        this.out = out;
    }

    void print(Evaluation evaluation) {
        evaluation.events().forEach(this::print);
        ContractEvaluation.Report contracts = evaluation.contracts();
        if (contracts != null) {
            contracts.sides().forEach(this::print);
            out.println();
            Headline.of(contracts).forEach(out::println);
        }
        OutcomeReport outcomes = evaluation.outcomes();
        if (outcomes != null) {
            print(outcomes);
        }
    }

    private void print(OutcomeReport report) {
        out.println();
        line(
                "The contract's own outcome, %d made-up contracts of the candles, trees trained on %d rows:",
                report.contracts(), report.trainedOn());
        table(
                report.minutes(),
                report.all(),
                "ideal   direct - formula, 95 %          pool - formula, 95 %",
                minute -> minute.directLessFormula().n(),
                minute -> span(minute.directLessFormula()) + "  " + span(minute.poolLessFormula())
                        + alarm(minute.alarms()));
        line(
                "  weight of direct beside the formula, held out: %.2f, 95 %% %.2f to %.2f; calibrator of the formula: %s, which makes %s",
                report.weight().estimate(),
                report.weight().low(),
                report.weight().high(),
                report.calibration().kind(),
                text(report.all().calibratedLessFormula()));
        out.println("  " + report.decision());
    }

    private void print(EventEvaluation.Report report) {
        out.println();
        line(
                "%s: %d quarter-hours, it happened in %.1f %%",
                report.event().name(), report.instants(), 100 * report.baseRate());
        out.println("  model         Brier    95 % of days        log loss  AUC     ECE     by chance");
        report.figures()
                .forEach((model, figures) -> line(
                        "  %-12s  %.4f   %.4f to %.4f   %.4f    %.4f  %.4f  %.4f",
                        model,
                        figures.scores().brier(),
                        figures.brier().low(),
                        figures.brier().high(),
                        figures.scores().logLoss(),
                        figures.scores().auc(),
                        figures.scores().ece(),
                        figures.scores().curve().errorByChance()));
        out.println("  ensemble less harLogit: " + text(report.againstHar()));
        out.println("  ensemble less lightgbm: " + text(report.againstTrees()));
        for (EventEvaluation.Fold fold : report.folds()) {
            StringBuilder row = new StringBuilder();
            fold.brier().forEach((model, brier) -> row.append(String.format(Locale.ROOT, "  %s %.4f", model, brier)));
            StringBuilder weights = new StringBuilder();
            fold.weights()
                    .forEach((model, weight) -> weights.append(String.format(Locale.ROOT, "  %s %.2f", model, weight)));
            line("  from %s, %d:%s", Spans.at(fold.spans().testFromNanos()).substring(0, 10), fold.instants(), row);
            line(
                    "      %d trees, weights%s, calibrator %s",
                    fold.trees(), weights, fold.calibration().kind());
        }
    }

    private void print(ContractEvaluation.Side side) {
        out.println();
        out.println(
                side.knowledge() == Knowledge.BEFORE_MINUTE
                        ? "Contracts by minutes to close, ours knowing only what came before the quote's minute:"
                        : "The same, with ours and the quote means over the same minute:");
        table(
                side.minutes(),
                side.all(),
                "ideal   ours - market, 95 %            edge seen",
                minute -> minute.againstMarket().n(),
                minute -> String.format(
                        Locale.ROOT,
                        "%s  %.1f cents%s",
                        span(minute.againstMarket()),
                        100 * minute.edgeSeen(),
                        alarm(minute.alarms())));
    }

    /** The Brier scores of all models by minutes to close, and what else there is to say of each. */
    private <M extends AtMinute> void table(
            List<M> minutes, M all, String head, ToIntFunction<M> n, Function<M, String> rest) {
        Set<String> columns = all.figures().keySet();
        out.println(head(columns).append(head));
        for (M minute : Stream.concat(minutes.stream(), Stream.of(all)).toList()) {
            out.println(row(columns, minute, n.applyAsInt(minute))
                    .append(String.format(Locale.ROOT, "%.4f  ", minute.ideal().brier()))
                    .append(rest.apply(minute)));
        }
    }

    private static StringBuilder head(Set<String> columns) {
        StringBuilder head = new StringBuilder("  left     n  ");
        columns.forEach(name -> head.append(String.format(Locale.ROOT, "%-12s", shortened(name))));
        return head;
    }

    private static String shortened(String name) {
        return name.equals(OutcomeReport.CALIBRATED) ? "calibrated" : name;
    }

    private static StringBuilder row(Set<String> columns, AtMinute minute, int n) {
        StringBuilder row = new StringBuilder(String.format(
                Locale.ROOT, "  %4s %5d  ", minute.minutesToClose() == 0 ? "all" : minute.minutesToClose(), n));
        for (String name : columns) {
            double brier = minute.brier(name);
            row.append(Double.isNaN(brier) ? " ".repeat(12) : String.format(Locale.ROOT, "%-12.4f", brier));
        }
        return row;
    }

    private static String alarm(List<String> alarms) {
        return alarms.isEmpty() ? "" : "  BETTER THAN THE IDEAL ALLOWS: " + alarms;
    }

    private static String span(Interval difference) {
        return String.format(
                Locale.ROOT, "%+.4f (%+.4f to %+.4f)", difference.estimate(), difference.low(), difference.high());
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }

    private static String text(Interval difference) {
        return String.format(
                Locale.ROOT,
                "%+.5f, 95 %% %+.5f to %+.5f: %s",
                difference.estimate(),
                difference.low(),
                difference.high(),
                difference.excludesZero()
                        ? "the interval excludes zero"
                        : "the interval includes zero, so nothing is claimed");
    }
}
