package voltage.training.report;

import java.util.List;
import java.util.Map;
import voltage.training.evaluate.EventEvaluation.Figures;
import voltage.training.evaluate.UnbalanceEffect;

/** A model card's content. */
final class ModelCardPage implements Markup.Part {
    private static final int SHOWN_GAINS = 12;
    private static final List<String> CURVES = List.of("ensemble");
    private static final List<String> LIMITS = List.of(
            "Use: probability that Bitcoin moves by more than a threshold within 15 minutes, and through the one volatility that these probabilities imply, fair probabilities of contracts on Kalshi's Bitcoin index.",
            "An up/down contract at the money is neutral to volatility: its probability is one half whatever these models say. Volatility has value away from the strike, in the probability's steepness; on hourly ranges and ladders of thresholds; and as an input to abstaining and sizing. These models say nothing of direction.",
            "The minutes that it learned on are named below as source. It forecasts moves, not levels: the basis to Kalshi's index drifts by some basis points and must be taken from the feeds. On another venue's minutes than its own it has not been measured.",
            "Regimes change. Figures of one stretch do not bind the next; intervals are of days drawn anew from this stretch alone. Watch the calibration and the distance to the market's Brier score, and roll back when they drift.",
            "A missing or broken model refuses trades when live. Not for horizons, thresholds or markets other than those named here.");

    private final ModelCard card;

    ModelCardPage(ModelCard card) {
        this.card = card;
    }

    @Override
    public void addTo(Markup page) {
        page.text("h1", "Model card: " + card.version());
        page.add(Page.note("Trained " + Dates.minute(card.created()) + "."));
        page.element(
                "div",
                lead -> Headline.of(card.targets().stream()
                                .map(ModelCard.Target::report)
                                .toList())
                        .forEach(line -> lead.text("p", line)),
                "class",
                "lead");
        card.notes().forEach(note -> page.add(Page.paragraph(note)));
        page.text("h2", "Intended use and limits");
        LIMITS.forEach(line -> page.add(Page.paragraph(line)));
        page.text("h2", "What it was made of");
        page.element("dl", this::origin);
        page.text("h2", "Figures on the test's span");
        page.add(Page.note("Each quarter-hour of a span that nothing was fitted to; 95 % of whole days drawn anew."));
        for (ModelCard.Target target : card.targets()) {
            page.add(shown -> target(shown, target));
        }
        unbalance(page);
    }

    private void origin(Markup list) {
        entry(list, "Version", card.version());
        entry(list, "Features", card.featureSet());
        entry(list, "Candles", "SHA-256 " + card.dataHash());
        entry(list, "Code", "SHA-256 " + card.codeHash());
        entry(
                list,
                "Trained",
                Dates.minute(card.spans().fromNanos()) + " to "
                        + Dates.minute(card.spans().testFromNanos()));
        entry(
                list,
                "Weights and calibration held out",
                "from " + Dates.minute(card.spans().holdFromNanos()));
        entry(
                list,
                "Tested",
                Dates.minute(card.spans().testFromNanos()) + " to "
                        + Dates.minute(card.spans().endNanos()));
        card.settings().forEach((name, value) -> entry(list, name, value));
    }

    private static void entry(Markup list, String name, String text) {
        list.text("dt", name).text("dd", text);
    }

    private static void target(Markup page, ModelCard.Target target) {
        page.text("h3", target.report().event().name());
        page.add(EventSection.table(target.report()));
        page.add(Page.note("Ensemble less HAR-logit "
                + Numbers.difference(target.report().againstHar(), 5)
                + "; less LightGBM " + Numbers.difference(target.report().againstTrees(), 5) + ". Weights "
                + EventSection.weights(target.report().weights()) + ". Calibrator "
                + target.report().calibration().kind() + "."));
        page.element(
                "div",
                pair -> pair.add(Page.figure(
                                "Calibration",
                                Plots.reliability(
                                        "Reliability of "
                                                + target.report().event().name(),
                                        target.report().figures(),
                                        CURVES),
                                "On the dashed line forecasts come true as often as they say."))
                        .add(Page.figure(
                                "What the trees look at",
                                gains(target.gains()),
                                "Share of all gain, LightGBM, the first " + SHOWN_GAINS + " features.")),
                "class",
                "pair");
    }

    private static Markup.Part gains(Map<String, Double> gains) {
        double sum = gains.values().stream().mapToDouble(gain -> gain).sum();
        Bars bars = new Bars("Share of gain by feature", "share of all gain", true);
        gains.entrySet().stream()
                .limit(SHOWN_GAINS)
                .forEach(each -> bars.bar(each.getKey(), Palette.of("lightgbm"), sum > 0 ? each.getValue() / sum : 0));
        return bars;
    }

    private void unbalance(Markup page) {
        Table table = new Table(
                "event", "is_unbalance", "Brier (95 %)", "log loss", "AUC", "ECE", "mean forecast", "happened");
        boolean some = false;
        for (ModelCard.Target target : card.targets()) {
            UnbalanceEffect effect = target.unbalance();
            if (effect != null) {
                some = true;
                row(table, effect, "off", effect.off(), effect.meanOff());
                row(table, effect, "on", effect.on(), effect.meanOn());
            }
        }
        if (some) {
            page.text("h2", "LightGBM with is_unbalance on and off");
            page.add(
                    Page.note(
                            "On held-out quarter-hours, before any calibration. The flag weighs the rarer outcome up, so forecasts come out too high; it is set only if this Brier score says so."));
            page.add(table);
        }
    }

    private static void row(Table table, UnbalanceEffect effect, String flag, Figures figures, double mean) {
        table.row(
                effect.event().name(),
                flag,
                Numbers.fixed(figures.scores().brier(), 4) + " ("
                        + Numbers.fixed(figures.brier().low(), 4) + " to "
                        + Numbers.fixed(figures.brier().high(), 4) + ")",
                Numbers.fixed(figures.scores().logLoss(), 4),
                Numbers.fixed(figures.scores().auc(), 4),
                Numbers.fixed(figures.scores().ece(), 4),
                Numbers.percent(mean, 1),
                Numbers.percent(figures.scores().baseRate(), 1));
    }
}
