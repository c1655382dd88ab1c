package voltage.research.attribution;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import voltage.market.FixedPoint;

/** Attributions and flips as a person reads them on a terminal: aligned columns, money in dollars to the last unit. */
public final class AttributionText {
    private static final List<String> HEAD = List.of(
            "",
            "trades",
            "won",
            "lost",
            "gross",
            "fees",
            "net",
            "fee drag",
            "average win",
            "average loss",
            "a trade",
            "largest win",
            "largest loss",
            "factor");

    private AttributionText() {}

    /** Lines without line ends. */
    public static List<String> of(Attribution attribution) {
        List<String> lines = new ArrayList<>();
        lines.add(attribution.period().words() + " (UTC, by the end of a trade)");
        if (attribution.slices().isEmpty()) {
            lines.add("  no trade ended");
            return lines;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        Dimension dimension = Dimension.ALL;
        for (Attribution.Slice slice : attribution.slices()) {
            if (slice.dimension() != dimension) {
                dimension = slice.dimension();
                rows.add(List.of(words(dimension)));
            }
            rows.add(row(slice));
        }
        lines.addAll(aligned(rows));
        return lines;
    }

    /** Lines without line ends. */
    public static List<String> of(Flips flips) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "flips in %s: %d; %d slices had enough trades to be judged (%d before, %d now)",
                flips.period().words(),
                flips.found().size(),
                flips.judged(),
                Flips.LEAST_BEFORE,
                Flips.LEAST_NOW));
        for (Flips.Flip flip : flips.found()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %s: %s; %s before: %s; now: %s; changed by %s standard errors (limit %s)",
                    words(flip.dimension()) + (flip.dimension() == Dimension.ALL ? "" : " " + flip.slice()),
                    switch (flip.direction()) {
                        case TO_LOSS -> "made money and loses it now";
                        case TO_PROFIT -> "lost money and makes it now";
                    },
                    words(flip.periods(), flips.period().kind()),
                    words(flip.before()),
                    words(flip.now()),
                    FixedPoint.format(flip.changeE2(), 2),
                    FixedPoint.format(Flips.LEAST_CHANGE_E2, 2)));
        }
        return lines;
    }

    private static String words(int periods, Period.Kind kind) {
        String name = switch (kind) {
            case DAY -> "day";
            case WEEK -> "week";
        };
        return periods + " " + name + (periods == 1 ? "" : "s");
    }

    private static String words(Figures figures) {
        return figures.trades() + " trades, net " + FixedPoint.format(figures.netE6(), 6) + ", "
                + number(figures.expectancyE6(), 6) + " a trade";
    }

    private static String words(Dimension dimension) {
        return switch (dimension) {
            case ALL -> "in all";
            case CONVICTION -> "conviction";
            case SESSION -> "session";
            case REGIME -> "regime";
            case EXIT -> "exit";
            case SIDE -> "side";
            case FORECASTER -> "forecaster";
        };
    }

    private static List<String> row(Attribution.Slice slice) {
        Figures figures = slice.figures();
        OptionalLong drag = figures.feeDragE4();
        return List.of(
                slice.dimension() == Dimension.ALL ? words(Dimension.ALL) : "  " + slice.name(),
                Long.toString(figures.trades()),
                Long.toString(figures.wins()),
                Long.toString(figures.losses()),
                FixedPoint.format(figures.grossE6(), 6),
                FixedPoint.format(figures.feesE6(), 6),
                FixedPoint.format(figures.netE6(), 6),
                drag.isPresent() ? FixedPoint.format(drag.getAsLong(), 2) + " %" : "-",
                number(figures.averageWinE6(), 6),
                number(figures.averageLossE6(), 6),
                number(figures.expectancyE6(), 6),
                FixedPoint.format(figures.largestWinE6(), 6),
                FixedPoint.format(figures.largestLossE6(), 6),
                number(figures.profitFactorE4(), 4));
    }

    private static String number(OptionalLong value, int scale) {
        return value.isPresent() ? FixedPoint.format(value.getAsLong(), scale) : "-";
    }

    /** The first column to the left, numbers to the right; a row may be shorter than the others. */
    private static List<String> aligned(List<List<String>> rows) {
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder("  ").append(row.getFirst());
            for (int i = 1; i < row.size(); i++) {
                int width = widths[i] + (i == 1 ? widths[0] - row.getFirst().length() : 0);
                line.append("  ")
                        .append(" ".repeat(width - row.get(i).length()))
                        .append(row.get(i));
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
