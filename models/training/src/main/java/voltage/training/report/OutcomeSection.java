package voltage.training.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import voltage.training.evaluate.EventEvaluation.Figures;
import voltage.training.evaluate.OutcomeReport;
import voltage.training.evaluate.OutcomeReport.Minute;
import voltage.training.measure.Interval;
import voltage.training.measure.Scores;

/** A model of the contract's own outcome beside the formula. */
final class OutcomeSection implements Markup.Part {
    private static final List<String> SHOWN = List.of(OutcomeReport.FORMULA, OutcomeReport.DIRECT);
    private static final List<String> COLUMNS = List.of(
            "climatology",
            "harLogit",
            OutcomeReport.FORMULA,
            OutcomeReport.CALIBRATED,
            OutcomeReport.DIRECT,
            OutcomeReport.POOL);

    private final OutcomeReport report;

    OutcomeSection(OutcomeReport report) {
        this.report = report;
    }

    @Override
    public void addTo(Markup page) {
        page.text("h2", "The contract's own outcome, learned directly");
        page.add(Page.note(Numbers.count(report.contracts())
                + " made-up contracts of the test's candles, one each quarter-hour, which settle by the means of candles; the price is that of the instant. The first columns are the formula under the volatility of each model, direct is LightGBM trained on "
                + Numbers.count(report.trainedOn()) + " rows of such contracts before the test."));
        page.add(Page.paragraph(report.decision()));
        page.element(
                "div",
                alone -> alone.add(
                        Page.figure(
                                "Formula and direct model",
                                Plots.minutes(
                                        "Brier score of made-up contracts by minutes to close",
                                        report.minutes(),
                                        SHOWN),
                                "Bands are 95 % of days drawn anew. The dotted line is the least that any forecast could have if volatility changed by nothing but the minute of the quarter-hour.")),
                "class",
                "alone");
        page.add(table());
        page.add(
                Page.note("Weight of the direct model beside the formula, learned on " + Numbers.count(report.heldOut())
                        + " held-out rows: " + Numbers.fixed(report.weight().estimate(), 2) + " ("
                        + Numbers.fixed(report.weight().low(), 2) + " to "
                        + Numbers.fixed(report.weight().high(), 2) + "). Calibrator chosen for the formula: "
                        + report.calibration().kind() + ", which changes its Brier score by "
                        + Numbers.difference(report.all().calibratedLessFormula(), 5) + "."));
        List<String> alarms = new ArrayList<>(report.all().alarms());
        report.minutes().forEach(minute -> alarms.addAll(minute.alarms()));
        if (!alarms.isEmpty()) {
            page.add(Page.paragraph("Better than the ideal allows: look for a leak. "
                    + alarms.stream().distinct().toList()));
        }
    }

    private Markup.Part table() {
        List<String> models =
                COLUMNS.stream().filter(report.all().figures()::containsKey).toList();
        List<String> head = new ArrayList<>(List.of("min to close", "n"));
        models.forEach(name -> head.add(Palette.of(name).label()));
        head.addAll(List.of(
                "ideal",
                "log loss: ours",
                "direct",
                "AUC: ours",
                "direct",
                "ECE: ours",
                "direct",
                "direct − formula (95 %)",
                "pool − formula (95 %)"));
        Table table = new Table(head);
        List<Minute> rows = new ArrayList<>(report.minutes());
        rows.add(report.all());
        for (Minute minute : rows) {
            List<String> cells = new ArrayList<>();
            Interval difference = minute.directLessFormula();
            cells.add(minute.minutesToClose() == 0 ? "all" : String.valueOf(minute.minutesToClose()));
            cells.add(Numbers.count(difference.n()));
            for (String name : models) {
                cells.add(Numbers.fixed(score(minute, name, Scores::brier), 4));
            }
            cells.add(Numbers.fixed(minute.ideal().brier(), 4));
            for (ToDoubleFunction<Scores> further :
                    List.<ToDoubleFunction<Scores>>of(Scores::logLoss, Scores::auc, Scores::ece)) {
                SHOWN.forEach(name -> cells.add(Numbers.fixed(score(minute, name, further), 4)));
            }
            cells.add(Numbers.difference(difference, 4));
            cells.add(Numbers.difference(minute.poolLessFormula(), 4));
            table.row(cells);
        }
        return table;
    }

    private static double score(Minute minute, String name, ToDoubleFunction<Scores> of) {
        Figures figures = minute.figures().get(name);
        return figures == null ? Double.NaN : of.applyAsDouble(figures.scores());
    }
}
