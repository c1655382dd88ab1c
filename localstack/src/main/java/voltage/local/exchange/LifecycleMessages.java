package voltage.local.exchange;

import java.util.OptionalLong;
import voltage.local.session.SessionMarket;
import voltage.market.Side;

/** Bodies of the {@code market_lifecycle_v2} messages. Opening and closing are not announced: clients have clocks. */
final class LifecycleMessages {
    private LifecycleMessages() {}

    static String created(Market market) {
        SessionMarket definition = market.definition;
        MarketText text = new MarketText(market);
        JsonText json = start(market, "created")
                .field("exchange_index", market.shard())
                .field("open_ts", WireTime.seconds(definition.openNanos()))
                .field("close_ts", WireTime.seconds(definition.closeNanos()))
                .field("price_level_structure", text.priceLevelStructure())
                .raw("price_ranges", text.priceRanges())
                .object("additional_metadata")
                .field("name", text.title())
                .field("title", text.title())
                .field("yes_sub_title", text.yesSubTitle())
                .field("no_sub_title", text.noSubTitle())
                .field("rules_primary", text.rulesPrimary())
                .field("rules_secondary", text.rulesSecondary())
                .field("can_close_early", true)
                .field("event_ticker", definition.eventTicker())
                .field("expected_expiration_ts", WireTime.seconds(text.expectedExpirationNanos()))
                .field("strike_type", text.strikeType());
        text.customStrike().ifPresent(custom -> json.raw("custom_strike", custom));
        return json.end().end().toString();
    }

    static String strike(Market market) {
        MarketText text = new MarketText(market);
        JsonText json = start(market, "metadata_updated").field("strike_type", text.strikeType());
        text.floorStrike().ifPresent(strike -> json.raw("floor_strike", strike));
        text.capStrike().ifPresent(strike -> json.raw("cap_strike", strike));
        text.customStrike().ifPresent(custom -> json.raw("custom_strike", custom));
        return json.field("yes_sub_title", text.yesSubTitle()).end().toString();
    }

    static String determined(Market market, long nanos) {
        boolean yes = market.result() == Side.YES;
        return start(market, "determined")
                .field("result", yes ? "yes" : "no")
                .price("settlement_value", yes ? 10_000 : 0)
                .field("determination_ts", WireTime.seconds(nanos))
                .end()
                .toString();
    }

    static String settled(Market market, long nanos) {
        return start(market, "settled")
                .field("settled_ts", WireTime.seconds(nanos))
                .end()
                .toString();
    }

    static String deactivated(Market market, boolean deactivated) {
        return start(market, deactivated ? "deactivated" : "activated")
                .field("is_deactivated", deactivated)
                .end()
                .toString();
    }

    private static JsonText start(Market market, String eventType) {
        return new JsonText().object().field("market_ticker", market.ticker()).field("event_type", eventType);
    }

    static boolean needsCap(SessionMarket definition, OptionalLong strikeE4) {
        return strikeE4.isPresent()
                && switch (definition.strikeType()) {
                    case LESS, LESS_OR_EQUAL -> true;
                    case GREATER, GREATER_OR_EQUAL, BETWEEN -> false;
                };
    }
}
