package voltage.training.report;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import voltage.training.evaluate.AtMinute;
import voltage.training.evaluate.ContractEvaluation.Minute;
import voltage.training.evaluate.EventEvaluation.Figures;
import voltage.training.measure.ReliabilityCurve;

/** The plots of the pages. */
final class Plots {
    private static final List<Double> SHARES = List.of(0.0, 0.2, 0.4, 0.6, 0.8, 1.0);
    private static final List<Double> MINUTES = List.of(15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0, 1.0);

    private Plots() {}

    /** Forecast against frequency, for some of the forecasters, each with the intervals of its bins. */
    static Markup.Part reliability(String title, Map<String, Figures> figures, List<String> shown) {
        double most = figures.entrySet().stream()
                .filter(each -> shown.contains(each.getKey()))
                .flatMap(each -> each.getValue().scores().curve().bins().stream())
                .mapToDouble(bin -> Math.max(bin.forecast(), bin.high()))
                .max()
                .orElse(1);
        double edge = most > 0.6 ? 1 : Math.ceil(most * 10) / 10;
        double[] axis = {0, edge};
        Chart chart =
                new Chart(title, "forecast probability", "how often it happened", axis, axis).rule(0, 0, edge, edge);
        if (edge == 1) {
            chart.xTicks(SHARES, value -> Numbers.fixed(value, 1));
        }
        for (String name : shown) {
            Figures each = figures.get(name);
            if (each != null) {
                curve(chart, Palette.of(name), each.scores().curve());
            }
        }
        return chart;
    }

    /** One curve alone. */
    static Markup.Part reliability(String title, String name, ReliabilityCurve curve) {
        double[] axis = {0, 1};
        Chart chart = new Chart(title, "forecast probability", "how often it happened", axis, axis).rule(0, 0, 1, 1);
        curve(chart, Palette.of(name), curve);
        return chart;
    }

    private static void curve(Chart chart, Palette.Look look, ReliabilityCurve curve) {
        double[] xs = curve.bins().stream()
                .mapToDouble(ReliabilityCurve.Bin::forecast)
                .toArray();
        double[] ys = curve.bins().stream()
                .mapToDouble(ReliabilityCurve.Bin::frequency)
                .toArray();
        chart.line(look, xs, ys);
        curve.bins().forEach(bin -> chart.dot(look, bin.forecast(), bin.frequency(), bin.low(), bin.high()));
    }

    /** Brier score by minutes to close, with bands of the intervals and the ideal's curve. */
    static Markup.Part minutes(String title, List<? extends AtMinute> minutes, List<String> shown) {
        double[] xs = minutes.stream().mapToDouble(AtMinute::minutesToClose).toArray();
        double most = minutes.stream()
                .flatMap(minute -> shown.stream().map(minute.figures()::get))
                .filter(Objects::nonNull)
                .mapToDouble(each -> Math.min(0.3, each.brier().high()))
                .max()
                .orElse(0.26);
        Chart chart = new Chart(
                        title,
                        "minutes to close",
                        "Brier score (lower is better)",
                        new double[] {15.4, 0.6},
                        new double[] {0, Math.max(0.26, most)})
                .xTicks(MINUTES, value -> Numbers.fixed(value, 0));
        for (String name : shown) {
            if (minutes.stream().allMatch(minute -> minute.figures().containsKey(name))) {
                List<Figures> each = minutes.stream()
                        .map(minute -> minute.figures().get(name))
                        .toList();
                chart.band(
                                Palette.of(name),
                                xs,
                                each.stream().mapToDouble(f -> f.brier().low()).toArray(),
                                each.stream().mapToDouble(f -> f.brier().high()).toArray())
                        .line(
                                Palette.of(name),
                                xs,
                                each.stream()
                                        .mapToDouble(f -> f.scores().brier())
                                        .toArray());
            }
        }
        return chart.line(
                Palette.of("ideal"),
                xs,
                minutes.stream().mapToDouble(minute -> minute.ideal().brier()).toArray());
    }

    /** Ours less the market's Brier score, a dot a minute, with intervals. */
    static Markup.Part differences(String title, List<Minute> minutes, double reach) {
        Chart chart = new Chart(
                        title,
                        "minutes to close",
                        "ours − market (below 0: ours is better)",
                        new double[] {15.6, 0.4},
                        new double[] {-reach, reach})
                .xTicks(MINUTES, value -> Numbers.fixed(value, 0))
                .yLabels(value -> Numbers.signed(value, 3))
                .level(0)
                .named(Palette.of("ensemble"));
        for (Minute minute : minutes) {
            chart.dot(
                    Palette.of("ensemble"),
                    minute.minutesToClose(),
                    minute.againstMarket().estimate(),
                    minute.againstMarket().low(),
                    minute.againstMarket().high());
        }
        return chart;
    }

    /** How far the differences and their intervals reach from zero. */
    static double reach(List<Minute> minutes) {
        return minutes.stream()
                        .mapToDouble(minute -> Math.max(
                                Math.abs(minute.againstMarket().low()),
                                Math.abs(minute.againstMarket().high())))
                        .filter(Double::isFinite)
                        .max()
                        .orElse(0.01)
                * 1.08;
    }
}
