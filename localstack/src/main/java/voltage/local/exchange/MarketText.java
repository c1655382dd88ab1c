package voltage.local.exchange;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import voltage.local.session.SessionMarket;
import voltage.market.FixedPoint;
import voltage.market.Side;
import voltage.market.TickGrid;

/** A market's words and its JSON, as Kalshi writes them for the Bitcoin series. */
final class MarketText {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("h:mm a z 'on' MMM d, yyyy", Locale.US);
    private static final long MINUTE = 60 * WireTime.SECOND;
    private static final long WEEK = 7 * 24 * 60 * MINUTE;

    private final Market market;
    private final SessionMarket definition;

    MarketText(Market market) {
        this.market = market;
        this.definition = market.definition;
    }

    private boolean quarterHourly() {
        return definition.seriesTicker().endsWith("15M");
    }

    String title() {
        return quarterHourly()
                ? "BTC price up in next 15 mins?"
                : "Bitcoin price on " + moment(definition.closeNanos()) + "?";
    }

    String yesSubTitle() {
        OptionalLong strike = market.publishedStrikeE4();
        if (strike.isEmpty()) {
            return "Target price: TBD";
        }
        return "Target Price: $" + grouped(Lifecycle.dollars(strike));
    }

    String noSubTitle() {
        return quarterHourly() ? "Target price: TBD" : yesSubTitle();
    }

    String rulesPrimary() {
        OptionalLong strike = market.publishedStrikeE4();
        String target = strike.isPresent()
                ? Lifecycle.dollars(strike)
                : "the simple average of the sixty seconds of CF Benchmarks' BRTI before "
                        + moment(definition.openNanos());
        return "If the simple average of the sixty seconds of CF Benchmarks' BRTI before "
                + moment(definition.closeNanos()) + " is at least " + target + ", then the market resolves to Yes.";
    }

    String rulesSecondary() {
        return "At the last minute before expiration, 60 RTI prices are collected. The official and final value is the"
                + " average of these prices, rounded to the nearest 2 decimal places.";
    }

    String strikeType() {
        return definition.strikeType().name().toLowerCase(Locale.ROOT);
    }

    Optional<String> customStrike() {
        return quarterHourly() ? Optional.of("{\"round_digits\":\"2\"}") : Optional.empty();
    }

    /** A JSON number. */
    Optional<String> floorStrike() {
        OptionalLong strike = market.publishedStrikeE4();
        return strike.isEmpty() || LifecycleMessages.needsCap(definition, strike)
                ? Optional.empty()
                : Optional.of(number(strike.getAsLong()));
    }

    Optional<String> capStrike() {
        OptionalLong strike = market.publishedStrikeE4();
        return LifecycleMessages.needsCap(definition, strike)
                ? Optional.of(number(strike.getAsLong()))
                : Optional.empty();
    }

    String priceLevelStructure() {
        return definition.grid().equals(TickGrid.TAPERED_DECI_CENT) ? "tapered_deci_cent" : "linear_cent";
    }

    String priceRanges() {
        JsonText json = new JsonText().array();
        for (TickGrid.Range range : definition.grid().ranges()) {
            json.object()
                    .price("end", range.endE4())
                    .price("start", range.startE4())
                    .price("step", range.stepE4())
                    .end();
        }
        return json.endArray().toString();
    }

    long expectedExpirationNanos() {
        return definition.closeNanos() + 5 * MINUTE;
    }

    /** The market object of REST. */
    void write(JsonText json) {
        boolean outcomeKnown = market.phase.compareTo(Market.Phase.DETERMINED) >= 0;
        boolean yes = market.result() == Side.YES;
        MarketBook book = market.book;
        json.object().field("can_close_early", true);
        capStrike().ifPresent(strike -> json.raw("cap_strike", strike));
        json.field("close_time", WireTime.rfc3339(definition.closeNanos()))
                .field("created_time", WireTime.rfc3339(market.createdNanos));
        customStrike().ifPresent(custom -> json.raw("custom_strike", custom));
        json.field("event_ticker", definition.eventTicker())
                .field("exchange_index", market.shard())
                .field("expected_expiration_time", WireTime.rfc3339(expectedExpirationNanos()))
                .field("expiration_time", WireTime.rfc3339(definition.closeNanos() + WEEK))
                .field(
                        "expiration_value",
                        outcomeKnown && definition.expirationValueE4().isPresent()
                                ? Lifecycle.dollars(definition.expirationValueE4())
                                : "");
        floorStrike().ifPresent(strike -> json.raw("floor_strike", strike));
        json.price("last_price_dollars", market.lastE4)
                .field("latest_expiration_time", WireTime.rfc3339(definition.closeNanos() + WEEK))
                .field("market_type", "binary")
                .price("no_ask_dollars", book.askE4(Side.NO))
                .price("no_bid_dollars", book.bidE4(Side.NO))
                .field("no_sub_title", noSubTitle())
                .price("notional_value_dollars", TickGrid.ONE_DOLLAR_E4)
                .field("occurrence_datetime", WireTime.rfc3339(expectedExpirationNanos()))
                .count("open_interest_fp", market.openInterestE2)
                .field("open_time", WireTime.rfc3339(definition.openNanos()))
                .price("previous_price_dollars", 0)
                .price("previous_yes_ask_dollars", 0)
                .price("previous_yes_bid_dollars", 0)
                .field("price_level_structure", priceLevelStructure())
                .raw("price_ranges", priceRanges())
                .field("result", outcomeKnown ? yes ? "yes" : "no" : "")
                .field("rules_primary", rulesPrimary())
                .field("rules_secondary", rulesSecondary())
                .field("settlement_timer_seconds", quarterHourly() ? 1 : 60);
        if (outcomeKnown) {
            json.field("settlement_ts", WireTime.rfc3339(market.updatedNanos))
                    .price("settlement_value_dollars", yes ? TickGrid.ONE_DOLLAR_E4 : 0);
        }
        json.field("status", market.status())
                .field("strike_type", strikeType())
                .field("ticker", market.ticker())
                .field("title", title())
                .field("updated_time", WireTime.rfc3339(market.updatedNanos))
                .count("volume_24h_fp", market.volumeE2())
                .count("volume_fp", market.volumeE2())
                .price("yes_ask_dollars", book.askE4(Side.YES))
                .count("yes_ask_size_fp", book.displayed(Side.NO).bestCountE2())
                .price("yes_bid_dollars", book.bidE4(Side.YES))
                .count("yes_bid_size_fp", book.displayed(Side.YES).bestCountE2())
                .field("yes_sub_title", yesSubTitle())
                .end();
    }

    private static String moment(long nanos) {
        return MOMENT.format(WireTime.instant(nanos).atZone(NEW_YORK));
    }

    private static String number(long valueE4) {
        String text = FixedPoint.format(valueE4, 4);
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
    }

    private static String grouped(String dollars) {
        int point = dollars.indexOf('.');
        StringBuilder out = new StringBuilder(dollars);
        for (int i = point - 3; i > 0; i -= 3) {
            out.insert(i, ',');
        }
        return out.toString();
    }
}
