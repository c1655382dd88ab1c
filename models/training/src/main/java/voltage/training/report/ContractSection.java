package voltage.training.report;

import java.util.ArrayList;
import java.util.List;
import voltage.training.evaluate.ContractEvaluation;
import voltage.training.evaluate.ContractEvaluation.Minute;
import voltage.training.evaluate.ContractEvaluation.Side;
import voltage.training.evaluate.EventEvaluation.Figures;
import voltage.training.evaluate.Knowledge;
import voltage.training.evaluate.MarketPool;

/** Ours beside the market's price. */
final class ContractSection implements Markup.Part {
    private static final String ENSEMBLE = "ensemble";
    private static final List<String> SHOWN = List.of(ENSEMBLE, ContractEvaluation.MARKET);
    private static final List<String> COLUMNS =
            List.of("climatology", "harLogit", "lightgbm", "patchtst", ENSEMBLE, ContractEvaluation.MARKET);

    private final ContractEvaluation.Report report;

    ContractSection(ContractEvaluation.Report report) {
        this.report = report;
    }

    @Override
    public void addTo(Markup page) {
        page.text("h2", "Against the market, by minutes to close");
        page.add(Page.note(
                Numbers.count(report.markets()) + " markets from " + Dates.minute(report.firstNanos()) + " to "
                        + Dates.minute(report.lastNanos()) + "; models trained on what ended before. "
                        + Numbers.count(report.unknown()) + " of " + Numbers.count(report.quotes())
                        + " quotes are left out since the candles or features around them are not known."));
        page.element("div", pair -> report.sides().forEach(side -> pair.add(curves(side))), "class", "pair");
        double reach = Math.max(
                Plots.reach(report.sides().getFirst().minutes()),
                Plots.reach(report.sides().getLast().minutes()));
        page.element(
                "div", pair -> report.sides().forEach(side -> pair.add(differences(side, reach))), "class", "pair");
        page.add(
                Page.note(
                        "Skill is 1 − B/B of the mid. Edge seen is the least root-mean-square edge in probability that so many contracts show at two standard errors."));
        for (Side side : report.sides()) {
            page.text("h3", "Brier score by minute: " + name(side.knowledge()));
            page.add(minutes(side));
        }
        page.text("h2", "Reliability of the contracts' probabilities");
        page.add(
                Page.note(
                        "Of all quotes of all minutes. Points on the dashed line are calibrated; bars are 95 % of the frequency as if all were independent."));
        page.element(
                "div",
                pair -> report.sides()
                        .forEach(side -> pair.add(Page.figure(
                                upper(name(side.knowledge())),
                                Plots.reliability(
                                        "Reliability, " + name(side.knowledge()),
                                        side.all().figures(),
                                        SHOWN),
                                "Calibration error: ours " + ece(side, ENSEMBLE) + ", market "
                                        + ece(side, ContractEvaluation.MARKET) + "."))),
                "class",
                "pair");
        report.sides().forEach(side -> {
            MarketPool pool = side.beside();
            if (pool != null) {
                page.text("h2", "The market as a member: " + name(side.knowledge()));
                page.add(beside -> beside(beside, pool));
            }
        });
    }

    private static String name(Knowledge knowledge) {
        return switch (knowledge) {
            case BEFORE_MINUTE -> "hard test, ours knows only earlier minutes";
            case SAME_MINUTE -> "level test, both are means of one minute";
        };
    }

    private static String upper(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static String ece(Side side, String name) {
        Figures figures = side.all().figures().get(name);
        return figures == null ? "–" : Numbers.fixed(figures.scores().ece(), 4);
    }

    private static Markup.Part curves(Side side) {
        return Page.figure(
                upper(name(side.knowledge())),
                Plots.minutes("Brier score by minutes to close", side.minutes(), SHOWN),
                "Bands are 95 % of days drawn anew. The dotted line is the least that any forecast could have under constant volatility, at the quote's age; volatility that varies lets a forecast go a little below it.");
    }

    private static Markup.Part differences(Side side, double reach) {
        return Page.figure(
                "Ours less the market",
                Plots.differences("Paired difference of Brier scores by minutes to close", side.minutes(), reach),
                "Paired by contract, 95 % of days drawn anew. An interval over the dashed line claims nothing.");
    }

    private static Markup.Part minutes(Side side) {
        List<String> models =
                COLUMNS.stream().filter(side.all().figures()::containsKey).toList();
        List<String> head = new ArrayList<>(List.of("min to close", "n"));
        models.forEach(name -> head.add(Palette.of(name).label()));
        head.addAll(List.of("ideal", "ours − market (95 %)", "skill", "edge seen"));
        Table table = new Table(head);
        List<Minute> rows = new ArrayList<>(side.minutes());
        rows.add(side.all());
        for (Minute minute : rows) {
            List<String> cells = new ArrayList<>();
            cells.add(minute.minutesToClose() == 0 ? "all" : String.valueOf(minute.minutesToClose()));
            cells.add(Numbers.count(minute.againstMarket().n()));
            for (String name : models) {
                Figures figures = minute.figures().get(name);
                cells.add(figures == null ? "–" : Numbers.fixed(figures.scores().brier(), 4));
            }
            cells.add(Numbers.fixed(minute.ideal().brier(), 4));
            cells.add(Numbers.difference(minute.againstMarket(), 4));
            cells.add(Numbers.signed(100 * minute.skill().estimate(), 1) + " %");
            cells.add(Numbers.fixed(100 * minute.edgeSeen(), 1) + " ¢");
            table.row(cells);
        }
        return table;
    }

    private static void beside(Markup page, MarketPool pool) {
        page.add(Page.paragraph("Learned on " + Numbers.count(pool.learned()) + " contracts before "
                + Dates.minute(pool.splitNanos()) + ", tested on the rest. Weight of ours beside the market's price: "
                + Numbers.fixed(pool.weight().estimate(), 2) + ", 95 % "
                + Numbers.fixed(pool.weight().low(), 2) + " to "
                + Numbers.fixed(pool.weight().high(), 2) + ". Zero means that the price says all that ours says."));
        Table table = new Table(
                "min to close",
                "n",
                "weight of ours",
                "market",
                "calibrated",
                "ours",
                "pool",
                "pool − market (95 %)",
                "pool − calibrated market (95 %)");
        for (MarketPool.Rest rest : pool.rest()) {
            var weight =
                    rest.minutesToClose() == 0 ? pool.weight() : pool.byMinute().get(rest.minutesToClose());
            table.row(
                    rest.minutesToClose() == 0 ? "all" : String.valueOf(rest.minutesToClose()),
                    Numbers.count(rest.againstMarket().n()),
                    weight == null
                            ? "–"
                            : Numbers.fixed(weight.estimate(), 2) + " (" + Numbers.fixed(weight.low(), 2) + "–"
                                    + Numbers.fixed(weight.high(), 2) + ")",
                    brier(rest, ContractEvaluation.MARKET),
                    brier(rest, "marketCalibrated"),
                    brier(rest, ENSEMBLE),
                    brier(rest, MarketPool.POOLED),
                    Numbers.difference(rest.againstMarket(), 4),
                    Numbers.difference(rest.againstCalibrated(), 4));
        }
        page.add(table);
        if (pool.taker().trades() > 0) {
            page.add(Page.note("Taking, as if at the next minute's mid plus half a cent: "
                    + Numbers.count(pool.taker().trades()) + " contracts, "
                    + Numbers.signed(pool.taker().centsPerContract().estimate(), 2) + " ¢ each after fees of "
                    + Numbers.fixed(pool.taker().feesE6() / 1e4 / pool.taker().trades(), 2) + " ¢, 95 % "
                    + Numbers.range(pool.taker().centsPerContract(), 2)
                    + " ¢. No bid and no ask were recorded, so this is an assumption and no claim."));
        }
    }

    private static String brier(MarketPool.Rest rest, String name) {
        Figures figures = rest.figures().get(name);
        return figures == null ? "–" : Numbers.fixed(figures.scores().brier(), 4);
    }
}
