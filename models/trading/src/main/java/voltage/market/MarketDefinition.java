package voltage.market;

import java.util.OptionalLong;

/**
 * A Kalshi market as far as trading needs it.
 *
 * @param key ticker and index
 * @param eventTicker the event it belongs to
 * @param seriesTicker for example {@code KXBTC15M}
 * @param strikeType how the settlement value is compared
 * @param floorStrikeE4 lower strike in ten-thousandths of a dollar; empty until Kalshi has set it, which for KXBTC15M is just
 *     after open
 * @param capStrikeE4 upper strike, for ranges and {@code LESS}
 * @param openNanos epoch nanoseconds UTC
 * @param closeNanos epoch nanoseconds UTC, after {@code openNanos}
 * @param grid valid prices
 * @param fees what the series charges
 * @param exchangeIndex Kalshi's shard: 2 for crypto since 2026-08-24
 */
public record MarketDefinition(
        MarketKey key,
        String eventTicker,
        String seriesTicker,
        StrikeType strikeType,
        OptionalLong floorStrikeE4,
        OptionalLong capStrikeE4,
        long openNanos,
        long closeNanos,
        TickGrid grid,
        FeeSchedule fees,
        int exchangeIndex) {
    public MarketDefinition {
        if (closeNanos <= openNanos) {
            throw new IllegalArgumentException("a market closes after it opens, " + key + " opens at " + openNanos
                    + " and closes at " + closeNanos);
        }
    }

    public String ticker() {
        return key.ticker();
    }

    /** Whether every strike that the strike type needs is known. */
    public boolean strikeKnown() {
        return switch (strikeType) {
            case GREATER, GREATER_OR_EQUAL -> floorStrikeE4.isPresent();
            case LESS, LESS_OR_EQUAL -> capStrikeE4.isPresent();
            case BETWEEN -> floorStrikeE4.isPresent() && capStrikeE4.isPresent();
        };
    }

    public MarketDefinition withStrikes(OptionalLong newFloorStrikeE4, OptionalLong newCapStrikeE4) {
        return new MarketDefinition(
                key,
                eventTicker,
                seriesTicker,
                strikeType,
                newFloorStrikeE4,
                newCapStrikeE4,
                openNanos,
                closeNanos,
                grid,
                fees,
                exchangeIndex);
    }
}
