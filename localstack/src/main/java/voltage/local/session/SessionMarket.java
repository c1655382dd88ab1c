package voltage.local.session;

import java.util.OptionalLong;
import voltage.market.Side;
import voltage.market.StrikeType;
import voltage.market.TickGrid;

/**
 * A market of a session with its whole fate, which only the exchange knows in advance.
 *
 * @param strikeE4 floor strike; empty if it was never published
 * @param strikeKnownNanos when the exchange publishes it, just after open
 * @param expirationValueE4 settlement value, where known; a KXBTC15M market's is the next one's strike
 * @param result official outcome
 * @param determinedNanos when the outcome is published
 * @param settledNanos when it is final and paid
 */
public record SessionMarket(
        String ticker,
        String eventTicker,
        String seriesTicker,
        StrikeType strikeType,
        OptionalLong strikeE4,
        long openNanos,
        long closeNanos,
        long strikeKnownNanos,
        OptionalLong expirationValueE4,
        Side result,
        long determinedNanos,
        long settledNanos,
        TickGrid grid,
        int exchangeIndex) {}
