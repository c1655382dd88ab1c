package voltage.training.report;

import java.util.List;
import java.util.Map;
import voltage.training.evaluate.EventEvaluation;
import voltage.training.measure.Interval;

/** Volatility events against the baselines. */
final class EventSection implements Markup.Part {
    private static final List<String> BARS = List.of("harLogit", "lightgbm", "patchtst", "ensemble");
    private static final List<String> CURVES = List.of("harLogit", "ensemble");

    private final List<EventEvaluation.Report> events;

    EventSection(List<EventEvaluation.Report> events) {
        this.events = events;
    }

    @Override
    public void addTo(Markup page) {
        page.text("h2", "Volatility events, out of sample");
        page.add(
                Page.note(
                        "The event is a move by more than the threshold within 15 minutes, forecast at each quarter-hour of the test."));
        Headline.of(events).forEach(line -> page.add(Page.paragraph(line)));
        page.element(
                "div",
                alone -> alone.add(Page.figure(
                        "Skill against climatology",
                        skills(),
                        "1 − Brier/Brier of climatology; whiskers are 95 % of days drawn anew. More is better.")),
                "class",
                "alone");
        page.element(
                "div",
                pair -> events.forEach(each -> pair.add(Page.figure(
                        each.event().name(),
                        Plots.reliability("Reliability of " + each.event().name(), each.figures(), CURVES),
                        Numbers.count(each.instants()) + " instants, it happened in "
                                + Numbers.percent(each.baseRate(), 1) + "."))),
                "class",
                "pair");
        for (EventEvaluation.Report each : events) {
            page.text("h3", each.event().name());
            page.add(table(each));
            page.add(Page.note("Ensemble less HAR-logit " + Numbers.difference(each.againstHar(), 5)
                    + "; less LightGBM " + Numbers.difference(each.againstTrees(), 5)
                    + ". The folds, each with models of what was before it:"));
            page.add(folds(each));
        }
    }

    private Markup.Part skills() {
        Bars bars = new Bars("Skill of the models against climatology", "skill against climatology", true);
        for (EventEvaluation.Report each : events) {
            List<String> there = BARS.stream().filter(each.skill()::containsKey).toList();
            for (String name : there) {
                Interval skill = each.skill().get(name);
                if (skill != null) {
                    bars.bar(
                            each.event().thresholdTenths() / 10 + " bp, "
                                    + Palette.of(name).label(),
                            Palette.of(name),
                            skill,
                            name.equals(there.getLast()));
                }
            }
        }
        return bars;
    }

    static Markup.Part table(EventEvaluation.Report report) {
        Table table = new Table("model", "Brier", "95 %", "log loss", "AUC", "ECE", "ECE by chance", "slope");
        report.figures()
                .forEach((name, each) -> table.row(
                        Palette.of(name).label(),
                        Numbers.fixed(each.scores().brier(), 4),
                        Numbers.fixed(each.brier().low(), 4) + " to "
                                + Numbers.fixed(each.brier().high(), 4),
                        Numbers.fixed(each.scores().logLoss(), 4),
                        Numbers.fixed(each.scores().auc(), 4),
                        Numbers.fixed(each.scores().ece(), 4),
                        Numbers.fixed(each.scores().curve().errorByChance(), 4),
                        Numbers.fixed(each.scores().slope(), 2)));
        return table;
    }

    private static Markup.Part folds(EventEvaluation.Report report) {
        Table table = new Table("from", "n", "ensemble", "HAR-logit", "trees", "weights", "calibrator");
        report.folds()
                .forEach(fold -> table.row(
                        Dates.minute(fold.spans().testFromNanos()),
                        Numbers.count(fold.instants()),
                        Numbers.fixed(fold.brier().getOrDefault("ensemble", Double.NaN), 4),
                        Numbers.fixed(fold.brier().getOrDefault("harLogit", Double.NaN), 4),
                        Numbers.count(fold.trees()),
                        weights(fold.weights()),
                        fold.calibration().kind()));
        return table;
    }

    static String weights(Map<String, Double> weights) {
        StringBuilder said = new StringBuilder();
        weights.forEach((name, weight) -> said.append(said.isEmpty() ? "" : ", ")
                .append(Palette.of(name).label())
                .append(' ')
                .append(Numbers.fixed(weight, 2)));
        return said.toString();
    }
}
