package voltage.training.report;

import java.util.ArrayList;
import java.util.List;
import voltage.training.measure.Interval;

/** Bars lying side by side in groups, each with its interval. */
final class Bars implements Markup.Part {
    private static final double LEFT = 200;
    private static final double RIGHT = 70;
    private static final double TOP = 10;
    private static final double BAR = 18;
    private static final double GROUP_GAP = 12;
    private static final double BOTTOM = 44;

    private final String title;
    private final String unit;
    private final boolean asPercent;
    private final List<Row> rows = new ArrayList<>();

    /** @param last whether a gap follows */
    private record Row(String label, Palette.Look look, double value, Interval interval, boolean last) {}

    /** @param asPercent whether values are shares */
    Bars(String title, String unit, boolean asPercent) {
        this.title = title;
        this.unit = unit;
        this.asPercent = asPercent;
    }

    Bars bar(String label, Palette.Look look, Interval interval, boolean last) {
        rows.add(new Row(label, look, interval.estimate(), interval, last));
        return this;
    }

    /** A bar that is known without an interval. */
    Bars bar(String label, Palette.Look look, double value) {
        Interval exact = new Interval(value, value, value, 0, 1, 1);
        rows.add(new Row(label, look, value, exact, false));
        return this;
    }

    @Override
    public void addTo(Markup page) {
        double least =
                Math.min(0, rows.stream().mapToDouble(row -> low(row)).min().orElse(0));
        double most =
                Math.max(1e-6, rows.stream().mapToDouble(row -> high(row)).max().orElse(1));
        Scale x = Scale.around(least, most, LEFT, Chart.WIDTH - RIGHT);
        double height = TOP
                + BOTTOM
                + rows.stream()
                        .mapToDouble(row -> BAR + (row.last() ? GROUP_GAP : 4))
                        .sum();
        page.element(
                "svg",
                svg -> {
                    svg.text("title", title);
                    for (double tick : x.ticks(6)) {
                        svg.shape(
                                "line",
                                "x1",
                                x.at(tick),
                                "x2",
                                x.at(tick),
                                "y1",
                                TOP,
                                "y2",
                                height - BOTTOM,
                                "class",
                                "grid");
                        svg.text(
                                "text",
                                shown(tick, 0),
                                "x",
                                x.at(tick),
                                "y",
                                height - BOTTOM + 18,
                                "class",
                                "tick middle");
                    }
                    svg.text(
                            "text",
                            unit,
                            "x",
                            (LEFT + Chart.WIDTH - RIGHT) / 2,
                            "y",
                            height - 8,
                            "class",
                            "axis middle");
                    double top = TOP;
                    for (Row row : rows) {
                        draw(svg, x, row, top);
                        top += BAR + (row.last() ? GROUP_GAP : 4);
                    }
                },
                "viewBox",
                "0 0 " + Chart.WIDTH + " " + height,
                "role",
                "img",
                "aria-label",
                title);
    }

    private void draw(Markup svg, Scale x, Row row, double top) {
        double from = x.at(Math.min(0, row.value()));
        double to = x.at(Math.max(0, row.value()));
        double middle = top + BAR / 2;
        svg.text("text", row.label(), "x", LEFT - 10, "y", middle + 4, "class", "tick end");
        svg.shape(
                "rect",
                "x",
                from,
                "y",
                top,
                "width",
                Math.max(0.5, to - from),
                "height",
                BAR,
                "rx",
                2,
                "style",
                "fill:" + row.look().colour() + ";opacity:.75");
        svg.shape("line", "x1", x.at(low(row)), "x2", x.at(high(row)), "y1", middle, "y2", middle, "class", "whisker");
        svg.text(
                "text", shown(row.value(), 1), "x", x.at(Math.max(0, high(row))) + 6, "y", middle + 4, "class", "tick");
    }

    private String shown(double value, int digits) {
        return asPercent ? Numbers.percent(value, digits) : Numbers.fixed(value, digits + 2);
    }

    private static double low(Row row) {
        return Double.isFinite(row.interval().low()) ? row.interval().low() : row.value();
    }

    private static double high(Row row) {
        return Double.isFinite(row.interval().high()) ? row.interval().high() : row.value();
    }
}
