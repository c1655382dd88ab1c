package voltage.training.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/** A plot with two axes: bands below, lines and points above, a legend over all. Everything is drawn when the chart is added to a page. */
final class Chart implements Markup.Part {
    static final double WIDTH = 660;
    static final double HEIGHT = 360;
    private static final double LEFT = 72;
    private static final double RIGHT = 16;
    private static final double TOP = 40;
    private static final double BOTTOM = 46;
    private static final int TICKS = 6;

    private final String title;
    private final String xTitle;
    private final String yTitle;
    private final Scale x;
    private final Scale y;
    private final List<Markup.Part> below = new ArrayList<>();
    private final List<Markup.Part> above = new ArrayList<>();
    private final List<Palette.Look> legend = new ArrayList<>();
    private DoubleFunction<String> xLabel;
    private DoubleFunction<String> yLabel;
    private List<Double> xTicks;

    /**
     * An empty chart.
     *
     * @param title for those who cannot see it
     * @param x values at the left and the right edge; the first may be the greater
     */
    Chart(String title, String xTitle, String yTitle, double[] x, double[] y) {
        this.title = title;
        this.xTitle = xTitle;
        this.yTitle = yTitle;
        this.x = x[0] < x[1] ? new Scale(x[0], x[1], LEFT, WIDTH - RIGHT) : new Scale(x[1], x[0], WIDTH - RIGHT, LEFT);
        this.y = new Scale(y[0], y[1], HEIGHT - BOTTOM, TOP);
        xTicks = this.x.ticks(TICKS);
        int xDigits = this.x.digits(TICKS);
        int yDigits = this.y.digits(TICKS);
        xLabel = value -> Numbers.fixed(value, xDigits);
        yLabel = value -> Numbers.fixed(value, yDigits);
    }

    Chart xTicks(List<Double> ticks, DoubleFunction<String> label) {
        xTicks = List.copyOf(ticks);
        xLabel = label;
        return this;
    }

    Chart yLabels(DoubleFunction<String> label) {
        yLabel = label;
        return this;
    }

    /** A line through points, named in the legend. */
    Chart line(Palette.Look look, double[] xs, double[] ys) {
        legend.add(look);
        above.add(page -> page.shape(
                "polyline",
                "points",
                points(xs, ys),
                "fill",
                "none",
                "style",
                stroke(look),
                "stroke-linejoin",
                "round"));
        return this;
    }

    /** A shaded region between two curves. */
    Chart band(Palette.Look look, double[] xs, double[] lows, double[] highs) {
        StringBuilder all = new StringBuilder(points(xs, highs));
        for (int i = xs.length - 1; i >= 0; i--) {
            all.append(' ').append(point(xs[i], lows[i]));
        }
        below.add(page -> page.shape(
                "polygon", "points", all, "style", "fill:" + look.colour() + ";opacity:.16", "stroke", "none"));
        return this;
    }

    /** A dot with its interval. */
    Chart dot(Palette.Look look, double at, double value, double low, double high) {
        above.add(page -> page.shape(
                        "line",
                        "x1",
                        x.at(at),
                        "x2",
                        x.at(at),
                        "y1",
                        y.at(bounded(low)),
                        "y2",
                        y.at(bounded(high)),
                        "style",
                        "stroke:" + look.colour() + ";stroke-width:1.6")
                .shape(
                        "circle",
                        "cx",
                        x.at(at),
                        "cy",
                        y.at(bounded(value)),
                        "r",
                        3.6,
                        "style",
                        "fill:" + look.colour()));
        return this;
    }

    /** A name in the legend for dots. */
    Chart named(Palette.Look look) {
        legend.add(look);
        return this;
    }

    /** A thin line over the whole width. */
    Chart level(double value) {
        below.add(page -> page.shape(
                "line", "x1", LEFT, "x2", WIDTH - RIGHT, "y1", y.at(value), "y2", y.at(value), "class", "level"));
        return this;
    }

    /** A thin line from one point to another. */
    Chart rule(double x1, double y1, double x2, double y2) {
        below.add(page ->
                page.shape("line", "x1", x.at(x1), "y1", y.at(y1), "x2", x.at(x2), "y2", y.at(y2), "class", "level"));
        return this;
    }

    private double bounded(double value) {
        return Math.min(y.high(), Math.max(y.low(), value));
    }

    private String points(double[] xs, double[] ys) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < xs.length; i++) {
            all.append(i == 0 ? "" : " ").append(point(xs[i], ys[i]));
        }
        return all.toString();
    }

    private String point(double atX, double atY) {
        return Numbers.coordinate(x.at(atX)) + "," + Numbers.coordinate(y.at(bounded(atY)));
    }

    private static String stroke(Palette.Look look) {
        return "stroke:" + look.colour() + ";stroke-width:" + look.width()
                + (look.dashes().isEmpty() ? "" : ";stroke-dasharray:" + look.dashes());
    }

    @Override
    public void addTo(Markup page) {
        page.element(
                "svg",
                svg -> {
                    svg.text("title", title);
                    axes(svg);
                    below.forEach(svg::add);
                    above.forEach(svg::add);
                    legend(svg);
                },
                "viewBox",
                "0 0 " + WIDTH + " " + HEIGHT,
                "role",
                "img",
                "aria-label",
                title);
    }

    private void axes(Markup svg) {
        for (double tick : y.ticks(TICKS)) {
            svg.shape("line", "x1", LEFT, "x2", WIDTH - RIGHT, "y1", y.at(tick), "y2", y.at(tick), "class", "grid");
            svg.text("text", yLabel.apply(tick), "x", LEFT - 8, "y", y.at(tick) + 4, "class", "tick end");
        }
        for (double tick : xTicks) {
            svg.shape("line", "x1", x.at(tick), "x2", x.at(tick), "y1", TOP, "y2", HEIGHT - BOTTOM, "class", "grid");
            svg.text("text", xLabel.apply(tick), "x", x.at(tick), "y", HEIGHT - BOTTOM + 18, "class", "tick middle");
        }
        svg.text("text", xTitle, "x", (LEFT + WIDTH - RIGHT) / 2, "y", HEIGHT - 8, "class", "axis middle");
        svg.text("text", yTitle, "x", 4.0, "y", 14.0, "class", "axis");
    }

    private void legend(Markup svg) {
        double right = WIDTH - RIGHT;
        for (Palette.Look look : legend.reversed()) {
            right -= 8.2 * look.label().length() + 4;
            svg.text("text", look.label(), "x", right, "y", 33.0, "class", "tick");
            svg.shape("line", "x1", right - 28, "x2", right - 5, "y1", 28.0, "y2", 28.0, "style", stroke(look));
            right -= 40;
        }
    }
}
