package voltage.kalshi;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import voltage.market.MalformedFrameException;
import voltage.market.MarketDefinition;
import voltage.market.MarketKeys;
import voltage.market.StrikeType;
import voltage.market.TickGrid;

/** Reads definitions of markets from REST's market objects and from the stream's {@code created} frames. */
public final class MarketReader {
    private static final int STRIKE_SCALE = 4;

    private final MarketKeys keys;
    private final MarketCatalogue catalogue;

    public MarketReader(MarketKeys keys, MarketCatalogue catalogue) {
        this.keys = keys;
        this.catalogue = catalogue;
    }

    /** A REST market object; null if it is of a kind that Voltage does not trade (no numeric strike, unknown grid). */
    public @Nullable MarketDefinition fromRest(JsonFields market) throws MalformedFrameException {
        return read(
                market,
                market,
                market.ticker("ticker"),
                market.timeNanosOr0("open_time"),
                market.timeNanosOr0("close_time"));
    }

    /** The {@code msg} of a {@code created} frame; null as for {@link #fromRest}, or if it does not say enough. */
    public @Nullable MarketDefinition fromCreated(JsonFields msg) throws MalformedFrameException {
        JsonFields metadata = msg.objectOrNull("additional_metadata");
        if (metadata == null || !metadata.has("event_ticker")) {
            return null;
        }
        return read(
                msg,
                metadata,
                msg.ticker("market_ticker"),
                msg.secondsAsNanosOr0("open_ts"),
                msg.secondsAsNanosOr0("close_ts"));
    }

    private @Nullable MarketDefinition read(
            JsonFields market, JsonFields metadata, String ticker, long openNanos, long closeNanos)
            throws MalformedFrameException {
        String event = metadata.ticker("event_ticker");
        StrikeType type = strikeType(metadata.textOr("strike_type", ""));
        TickGrid grid = PriceGrids.read(market);
        OptionalLong floor = metadata.roundedIfPresent("floor_strike", STRIKE_SCALE);
        OptionalLong cap = metadata.roundedIfPresent("cap_strike", STRIKE_SCALE);
        int exchangeIndex = market.smallIntOr("exchange_index", 0);
        if (type == null || grid == null) {
            return null;
        }
        if (closeNanos <= openNanos) {
            throw new MalformedFrameException(
                    ticker + " must close after it opens, was open " + openNanos + ", close " + closeNanos);
        }
        String series = seriesOf(event);
        return new MarketDefinition(
                keys.of(ticker),
                event,
                series,
                type,
                floor,
                cap,
                openNanos,
                closeNanos,
                grid,
                catalogue.fees(event, series),
                exchangeIndex);
    }

    /** The series of an event or market ticker: what stands before its first hyphen. */
    public static String seriesOf(String ticker) {
        int hyphen = ticker.indexOf('-');
        return hyphen < 0 ? ticker : ticker.substring(0, hyphen);
    }

    /** Null for a kind that has no numeric strike. */
    static @Nullable StrikeType strikeType(String text) {
        return switch (text) {
            case "greater" -> StrikeType.GREATER;
            case "greater_or_equal" -> StrikeType.GREATER_OR_EQUAL;
            case "less" -> StrikeType.LESS;
            case "less_or_equal" -> StrikeType.LESS_OR_EQUAL;
            case "between" -> StrikeType.BETWEEN;
            default -> null;
        };
    }

    /** What a {@code metadata_updated} frame says of the strikes. */
    public static StrikeChange strikeChange(JsonFields msg) throws MalformedFrameException {
        return new StrikeChange(
                strikeType(msg.textOr("strike_type", "")),
                msg.roundedIfPresent("floor_strike", STRIKE_SCALE),
                msg.roundedIfPresent("cap_strike", STRIKE_SCALE));
    }

    /** The grid of a {@code price_level_structure_updated} frame; null if it is not known. */
    public static @Nullable TickGrid grid(JsonFields msg) throws MalformedFrameException {
        return PriceGrids.read(msg);
    }

    /** Strikes that came without their market's definition; what is empty stays as it was. */
    public record StrikeChange(@Nullable StrikeType type, OptionalLong floorE4, OptionalLong capE4) {
        public boolean isEmpty() {
            return type == null && floorE4.isEmpty() && capE4.isEmpty();
        }
    }
}
