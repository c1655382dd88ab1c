package voltage.kalshi.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static voltage.kalshi.stream.Frames.RECEIVED;
import static voltage.kalshi.stream.Frames.events;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import voltage.kalshi.MarketCatalogue;
import voltage.market.FeeSchedule;
import voltage.market.MalformedFrameException;
import voltage.market.MarketDefinition;
import voltage.market.MarketEvent;
import voltage.market.MarketEvent.MarketDetermined;
import voltage.market.MarketEvent.MarketListed;
import voltage.market.MarketEvent.MarketPaused;
import voltage.market.MarketEvent.MarketSettled;
import voltage.market.MarketKeys;
import voltage.market.Side;
import voltage.market.StrikeType;
import voltage.market.TickGrid;

class LifecycleTest {
    private static final String TICKER = "KXBTC15M-26NOV211200-00";
    private static final String EVENT = "KXBTC15M-26NOV211200";
    private static final long OPEN = 1_795_279_500;

    private final MarketKeys keys = new MarketKeys();
    private final MarketCatalogue catalogue = new MarketCatalogue(Set.of("KXBTC15M"), FeeSchedule.QUADRATIC);
    private final KalshiStreamDecoder decoder = new KalshiStreamDecoder(keys, catalogue);

    private static String lifecycle(String fields) {
        return "{\"type\":\"market_lifecycle_v2\",\"sid\":13,\"msg\":{\"market_ticker\":\"" + TICKER + "\"," + fields
                + "}}";
    }

    private static String created(String extra) {
        return lifecycle("\"event_type\":\"created\",\"exchange_index\":2,\"open_ts\":" + OPEN + ",\"close_ts\":"
                + (OPEN + 900) + ",\"price_level_structure\":\"tapered_deci_cent\",\"price_ranges\":["
                + "{\"start\":\"0.0000\",\"end\":\"0.1000\",\"step\":\"0.0010\"},"
                + "{\"start\":\"0.1000\",\"end\":\"0.9000\",\"step\":\"0.0100\"},"
                + "{\"start\":\"0.9000\",\"end\":\"1.0000\",\"step\":\"0.0010\"}],"
                + "\"additional_metadata\":{\"event_ticker\":\"" + EVENT + "\",\"strike_type\":\"greater_or_equal\""
                + extra
                + "}");
    }

    private static MarketDefinition only(List<MarketEvent> events) {
        assertThat(events).hasSize(1);
        return ((MarketListed) events.getFirst()).definition();
    }

    @Test
    void a_created_market_is_listed_without_its_strike_and_again_with_it() throws MalformedFrameException {
        MarketDefinition created = only(events(decoder, created("")));
        assertThat(created.ticker()).isEqualTo(TICKER);
        assertThat(created.seriesTicker()).isEqualTo("KXBTC15M");
        assertThat(created.strikeType()).isEqualTo(StrikeType.GREATER_OR_EQUAL);
        assertThat(created.grid()).isSameAs(TickGrid.TAPERED_DECI_CENT);
        assertThat(created.openNanos()).isEqualTo(OPEN * 1_000_000_000);
        assertThat(created.exchangeIndex()).isEqualTo(2);
        assertThat(created.strikeKnown()).isFalse();

        String strike = lifecycle("\"event_type\":\"metadata_updated\",\"floor_strike\":79396.49,"
                + "\"yes_sub_title\":\"Target Price: $79,396.49\"");
        MarketDefinition struck = only(events(decoder, strike));
        assertThat(struck.floorStrikeE4()).isEqualTo(OptionalLong.of(793_964_900));
        assertThat(struck.closeNanos()).isEqualTo(created.closeNanos());
        assertThat(events(decoder, strike)).as("no news").isEmpty();
    }

    @Test
    void a_strike_that_comes_before_its_market_waits_for_it() throws MalformedFrameException {
        assertThat(events(decoder, lifecycle("\"event_type\":\"metadata_updated\",\"floor_strike\":79396.49")))
                .isEmpty();
        assertThat(only(events(decoder, created(""))).floorStrikeE4()).isEqualTo(OptionalLong.of(793_964_900));
    }

    @Test
    void a_new_close_and_a_new_grid_list_the_market_again() throws MalformedFrameException {
        events(decoder, created(""));
        assertThat(only(events(decoder, lifecycle("\"event_type\":\"close_date_updated\",\"close_ts\":" + (OPEN + 60))))
                        .closeNanos())
                .isEqualTo((OPEN + 60) * 1_000_000_000);
        assertThat(only(events(
                                decoder,
                                lifecycle("\"event_type\":\"price_level_structure_updated\",\"price_level_structure\":"
                                        + "\"linear_cent\"")))
                        .grid())
                .isSameAs(TickGrid.LINEAR_CENT);
        assertThat(events(decoder, lifecycle("\"event_type\":\"close_date_updated\",\"close_ts\":" + (OPEN - 60))))
                .isEmpty();
    }

    @Test
    void determination_and_settlement_are_told_once_each() throws MalformedFrameException {
        String determined =
                lifecycle("\"event_type\":\"determined\",\"result\":\"yes\",\"settlement_value\":\"1.0000\","
                        + "\"determination_ts\":" + (OPEN + 905));
        assertThat(events(decoder, determined))
                .containsExactly(
                        new MarketDetermined(keys.of(TICKER), Side.YES, (OPEN + 905) * 1_000_000_000, RECEIVED));
        assertThat(events(decoder, determined)).isEmpty();
        String amended = lifecycle("\"event_type\":\"determined\",\"result\":\"no\",\"settlement_value\":\"0.0000\"");
        assertThat(events(decoder, amended))
                .containsExactly(new MarketDetermined(keys.of(TICKER), Side.NO, 0, RECEIVED));
        String settled = lifecycle("\"event_type\":\"settled\",\"settled_ts\":" + (OPEN + 906));
        assertThat(events(decoder, settled))
                .containsExactly(new MarketSettled(keys.of(TICKER), (OPEN + 906) * 1_000_000_000, RECEIVED));
        assertThat(events(decoder, settled)).isEmpty();
    }

    @Test
    void a_result_that_is_neither_yes_nor_no_is_counted() throws MalformedFrameException {
        assertThat(events(
                        decoder,
                        lifecycle("\"event_type\":\"determined\",\"result\":\"scalar\",\"settlement_value\":\"0.5\"")))
                .isEmpty();
        assertThat(decoder.undecidedResults()).isEqualTo(1);
        assertThatThrownBy(() -> events(
                        decoder,
                        lifecycle("\"event_type\":\"determined\",\"result\":\"yes\",\"settlement_value\":\"0.0000\"")))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageContaining("agree");
    }

    @Test
    void deactivation_pauses_and_activation_resumes() throws MalformedFrameException {
        assertThat(events(decoder, lifecycle("\"event_type\":\"deactivated\",\"is_deactivated\":true")))
                .containsExactly(new MarketPaused(List.of(keys.of(TICKER)), true, 0, RECEIVED));
        assertThat(events(decoder, lifecycle("\"event_type\":\"activated\",\"is_deactivated\":false")))
                .containsExactly(new MarketPaused(List.of(keys.of(TICKER)), false, 0, RECEIVED));
    }

    @Test
    void an_override_of_an_event_s_fees_lists_its_markets_again() throws MalformedFrameException {
        events(decoder, created(""));
        String override = "{\"type\":\"event_fee_update\",\"sid\":5,\"msg\":{\"event_ticker\":\"" + EVENT
                + "\",\"fee_type_override\":\"quadratic_with_maker_fees\",\"fee_multiplier_override\":0.5}}";
        assertThat(only(events(decoder, override)).fees()).isEqualTo(new FeeSchedule(350, 88, 1, 100));
        String cleared = "{\"type\":\"event_fee_update\",\"sid\":5,\"msg\":{\"event_ticker\":\"" + EVENT
                + "\",\"fee_type_override\":null,\"fee_multiplier_override\":null}}";
        assertThat(only(events(decoder, cleared)).fees()).isEqualTo(FeeSchedule.QUADRATIC);
    }

    @Test
    void other_series_and_new_event_types_are_passed_over() throws MalformedFrameException {
        int known = keys.size();
        assertThat(events(decoder, created("").replace("KXBTC15M", "KXHIGHNY"))).isEmpty();
        assertThat(keys.size())
                .as("the fire hose does not fill the table of tickers")
                .isEqualTo(known);
        assertThat(events(decoder, lifecycle("\"event_type\":\"transmuted\""))).isEmpty();
        assertThat(decoder.unknownFrames()).isEqualTo(1);
    }
}
