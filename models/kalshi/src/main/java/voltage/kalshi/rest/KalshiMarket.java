package voltage.kalshi.rest;

import java.util.OptionalLong;
import voltage.kalshi.JsonFields;
import voltage.market.MalformedFrameException;
import voltage.market.TickGrid;

/**
 * A market as REST shows it, for people and reconciliation; engines get it through {@link KalshiRestDecoder}.
 *
 * @param status {@code initialized}, {@code inactive}, {@code active}, {@code closed}, {@code determined}, {@code disputed}, {@code
 *     amended} or {@code finalized}
 * @param result {@code yes}, {@code no}, {@code scalar} or empty
 * @param floorStrikeE4 empty before Kalshi has set it
 * @param yesBidE4 0 for no bid
 * @param yesAskE4 one dollar for no offer
 * @param expirationValue as Kalshi wrote it, possibly with thousands commas; empty before determination
 * @param settlementNanos 0 before settlement
 */
public record KalshiMarket(
        String ticker,
        String eventTicker,
        String status,
        String result,
        String strikeType,
        OptionalLong floorStrikeE4,
        OptionalLong capStrikeE4,
        long openNanos,
        long closeNanos,
        int yesBidE4,
        int yesAskE4,
        long volumeE2,
        String expirationValue,
        long settlementNanos,
        int exchangeIndex) {
    static KalshiMarket read(JsonFields market) throws MalformedFrameException {
        return new KalshiMarket(
                market.ticker("ticker"),
                market.textOr("event_ticker", ""),
                market.textOr("status", ""),
                market.textOr("result", ""),
                market.textOr("strike_type", ""),
                market.roundedIfPresent("floor_strike", 4),
                market.roundedIfPresent("cap_strike", 4),
                market.timeNanosOr0("open_time"),
                market.timeNanosOr0("close_time"),
                market.priceE4Or("yes_bid_dollars", 0),
                market.priceE4Or("yes_ask_dollars", TickGrid.ONE_DOLLAR_E4),
                market.decimalOr("volume_fp", 2, 0),
                market.textOr("expiration_value", ""),
                market.timeNanosOr0("settlement_ts"),
                market.smallIntOr("exchange_index", 0));
    }
}
