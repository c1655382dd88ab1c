package voltage.kalshi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import voltage.market.MalformedFrameException;
import voltage.market.TickGrid;
import voltage.market.TickGrid.Range;

/** Kalshi's {@code price_ranges}, or failing them its {@code price_level_structure}, as a grid. */
final class PriceGrids {
    private static final TickGrid DECI_CENT = new TickGrid(List.of(new Range(0, 10_000, 10)));

    private PriceGrids() {}

    /** The grid that {@code market} states, or null if it states none that is known. */
    static @Nullable TickGrid read(JsonFields market) throws MalformedFrameException {
        List<JsonFields> rows = market.objects("price_ranges");
        if (!rows.isEmpty()) {
            List<Range> ranges = new ArrayList<>();
            try {
                for (JsonFields row : rows) {
                    ranges.add(new Range(row.priceE4("start"), row.priceE4("end"), row.priceE4("step")));
                }
                return grid(ranges);
            } catch (IllegalArgumentException invalid) {
                throw new MalformedFrameException("price_ranges: " + invalid.getMessage(), invalid);
            }
        }
        // Only labels whose ranges are documented; the others always come with price_ranges.
        return switch (market.textOr("price_level_structure", "")) {
            case "linear_cent" -> TickGrid.LINEAR_CENT;
            case "tapered_deci_cent" -> TickGrid.TAPERED_DECI_CENT;
            case "deci_cent" -> DECI_CENT;
            default -> null;
        };
    }

    /** One instance for the usual grids, found before a table of 20 kB is made: polls state the same ones again and again. */
    private static TickGrid grid(List<Range> ranges) {
        if (ranges.equals(TickGrid.TAPERED_DECI_CENT.ranges())) {
            return TickGrid.TAPERED_DECI_CENT;
        }
        return ranges.equals(TickGrid.LINEAR_CENT.ranges()) ? TickGrid.LINEAR_CENT : new TickGrid(ranges);
    }
}
