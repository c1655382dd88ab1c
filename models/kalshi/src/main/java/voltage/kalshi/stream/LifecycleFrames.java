package voltage.kalshi.stream;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import voltage.kalshi.JsonFields;
import voltage.kalshi.MarketCatalogue;
import voltage.kalshi.MarketReader;
import voltage.market.FixedPoint;
import voltage.market.MalformedFrameException;
import voltage.market.MarketDefinition;
import voltage.market.MarketEvent;
import voltage.market.MarketEvent.MarketDetermined;
import voltage.market.MarketEvent.MarketListed;
import voltage.market.MarketEvent.MarketPaused;
import voltage.market.MarketEvent.MarketSettled;
import voltage.market.MarketKey;
import voltage.market.MarketKeys;
import voltage.market.Side;
import voltage.market.TickGrid;

/**
 * The life-cycle channel, which tells of every market of the exchange and of each only what changed. The catalogue is touched last in
 * each case, when nothing of the frame can be malformed any more.
 */
final class LifecycleFrames {
    private final MarketKeys keys;
    private final MarketCatalogue catalogue;
    private final MarketReader reader;
    private long undecided;

    LifecycleFrames(MarketKeys keys, MarketCatalogue catalogue) {
        this.keys = keys;
        this.catalogue = catalogue;
        reader = new MarketReader(keys, catalogue);
    }

    /** Results other than yes and no, which Voltage's markets never have. */
    long undecided() {
        return undecided;
    }

    /** A {@code market_lifecycle_v2} frame; null for an event type that is not known. */
    @Nullable
    List<MarketEvent> market(JsonFields msg, long received) throws MalformedFrameException {
        String ticker = msg.ticker("market_ticker");
        String type = msg.text("event_type");
        if (!catalogue.wants(ticker)) {
            return List.of();
        }
        return switch (type) {
            case "created" -> {
                MarketDefinition created = reader.fromCreated(msg);
                yield created == null ? List.of() : listed(catalogue.list(created), received);
            }
            case "metadata_updated" -> listed(catalogue.strikes(ticker, MarketReader.strikeChange(msg)), received);
            case "close_date_updated" -> {
                long closeNanos = msg.secondsAsNanosOr0("close_ts");
                yield listed(catalogue.closes(ticker, closeNanos), received);
            }
            case "price_level_structure_updated" -> {
                TickGrid grid = MarketReader.grid(msg);
                yield grid == null ? List.of() : listed(catalogue.grid(ticker, grid), received);
            }
            case "activated" -> paused(ticker, false, msg, received);
            case "deactivated" -> paused(ticker, true, msg, received);
            case "determined" -> determined(ticker, msg, received);
            case "settled" -> {
                long nanos = msg.secondsAsNanosOr0("settled_ts");
                MarketKey key = keys.of(ticker);
                yield catalogue.settled(key) ? List.of(new MarketSettled(key, nanos, received)) : List.of();
            }
            default -> null;
        };
    }

    /** An {@code event_fee_update} frame. */
    List<MarketEvent> fees(JsonFields msg, long received) throws MalformedFrameException {
        String event = msg.ticker("event_ticker");
        String type = msg.has("fee_type_override") ? msg.text("fee_type_override") : null;
        BigDecimal multiplier = msg.has("fee_multiplier_override")
                ? BigDecimal.valueOf(msg.rounded("fee_multiplier_override", 4), 4)
                : BigDecimal.ONE;
        if (!catalogue.wants(event)) {
            return List.of();
        }
        return catalogue.eventFees(event, type, multiplier).stream()
                .<MarketEvent>map(definition -> new MarketListed(definition, 0, received))
                .toList();
    }

    private List<MarketEvent> determined(String ticker, JsonFields msg, long received) throws MalformedFrameException {
        long nanos = msg.secondsAsNanosOr0("determination_ts");
        Side result = result(msg.textOr("result", ""), msg.textOr("settlement_value", ""));
        if (result == null) {
            undecided++;
            return List.of();
        }
        MarketKey key = keys.of(ticker);
        return catalogue.determined(key, result)
                ? List.of(new MarketDetermined(key, result, nanos, received))
                : List.of();
    }

    /** The result, which must not contradict the payout if both are given. */
    private static @Nullable Side result(String result, String value) throws MalformedFrameException {
        Side side = switch (result) {
            case "yes" -> Side.YES;
            case "no" -> Side.NO;
            default -> null;
        };
        if (side == null || value.isEmpty()) {
            return side;
        }
        long valueE4;
        try {
            valueE4 = FixedPoint.parse(value, 4);
        } catch (NumberFormatException malformed) {
            throw new MalformedFrameException("settlement_value: " + malformed.getMessage(), malformed);
        }
        if (valueE4 != (side == Side.YES ? TickGrid.ONE_DOLLAR_E4 : 0)) {
            throw new MalformedFrameException(
                    "result and settlement_value must agree, was \"" + result + "\" and \"" + value + "\"");
        }
        return side;
    }

    private List<MarketEvent> paused(String ticker, boolean isPaused, JsonFields msg, long received)
            throws MalformedFrameException {
        boolean says = msg.flagOr("is_deactivated", isPaused);
        return List.of(new MarketPaused(List.of(keys.of(ticker)), says, 0, received));
    }

    private static List<MarketEvent> listed(@Nullable MarketDefinition definition, long received) {
        return definition == null ? List.of() : List.of(new MarketListed(definition, 0, received));
    }
}
