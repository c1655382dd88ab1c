package voltage.research.attribution;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.OptionalLong;
import voltage.market.FixedPoint;

/**
 * The one JSON form of attributions and flips. Money is dollars as text with six places, ratios are text with four, so nothing is rounded by
 * whoever reads it; what cannot be said, such as the average of no losses, is null.
 */
public final class AttributionJson {
    private static final int CASH = 6;
    private static final int RATIO = 4;

    private AttributionJson() {}

    public static ObjectNode of(Attribution attribution) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        period(body, attribution.period());
        figures(body.putObject("all"), attribution.all());
        for (Dimension dimension : Dimension.values()) {
            if (dimension != Dimension.ALL) {
                body.putObject(name(dimension));
            }
        }
        for (Attribution.Slice slice : attribution.slices()) {
            if (slice.dimension() != Dimension.ALL) {
                figures(body.withObjectProperty(name(slice.dimension())).putObject(slice.name()), slice.figures());
            }
        }
        return body;
    }

    public static ObjectNode of(Flips flips) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        period(body, flips.period());
        body.put("judged", flips.judged())
                .put("leastTradesBefore", Flips.LEAST_BEFORE)
                .put("leastTradesNow", Flips.LEAST_NOW)
                .put("leastChange", FixedPoint.format(Flips.LEAST_CHANGE_E2, 2));
        ArrayNode found = body.putArray("found");
        for (Flips.Flip flip : flips.found()) {
            ObjectNode row = found.addObject()
                    .put("direction", flip.direction().name())
                    .put("dimension", name(flip.dimension()))
                    .put("slice", flip.slice())
                    .put("periodsBefore", flip.periods())
                    .put("change", FixedPoint.format(flip.changeE2(), 2));
            figures(row.putObject("before"), flip.before());
            figures(row.putObject("now"), flip.now());
        }
        return body;
    }

    private static void period(ObjectNode body, Period period) {
        body.put("period", period.kind().name())
                .put("from", period.first().toString())
                .put("to", period.next().first().toString());
    }

    private static String name(Dimension dimension) {
        return dimension.name().toLowerCase(Locale.ROOT);
    }

    private static void figures(ObjectNode node, Figures figures) {
        node.put("trades", figures.trades())
                .put("wins", figures.wins())
                .put("losses", figures.losses())
                .put("gross", FixedPoint.format(figures.grossE6(), CASH))
                .put("fees", FixedPoint.format(figures.feesE6(), CASH))
                .put("net", FixedPoint.format(figures.netE6(), CASH));
        number(node, "winRate", figures.winRateE4(), RATIO);
        number(node, "feeDrag", figures.feeDragE4(), RATIO);
        number(node, "averageWin", figures.averageWinE6(), CASH);
        number(node, "averageLoss", figures.averageLossE6(), CASH);
        number(node, "expectancy", figures.expectancyE6(), CASH);
        node.put("largestWin", FixedPoint.format(figures.largestWinE6(), CASH))
                .put("largestLoss", FixedPoint.format(figures.largestLossE6(), CASH));
        number(node, "profitFactor", figures.profitFactorE4(), RATIO);
    }

    private static void number(ObjectNode node, String name, OptionalLong value, int scale) {
        if (value.isPresent()) {
            node.put(name, FixedPoint.format(value.getAsLong(), scale));
        } else {
            node.putNull(name);
        }
    }
}
