package voltage.kalshi.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voltage.kalshi.MarketCatalogue;
import voltage.kalshi.stream.KalshiStreamDecoder;
import voltage.market.FeeSchedule;
import voltage.market.MalformedFrameException;
import voltage.market.MarketDefinition;
import voltage.market.MarketEvent;
import voltage.market.MarketEvent.BookSnapshot;
import voltage.market.MarketEvent.MarketDetermined;
import voltage.market.MarketEvent.MarketListed;
import voltage.market.MarketEvent.MarketPaused;
import voltage.market.MarketEvent.MarketSettled;
import voltage.market.MarketKeys;
import voltage.market.Side;
import voltage.market.StrikeType;
import voltage.market.TickGrid;

@Timeout(60)
class KalshiRestDecoderTest {
    private static final long RECEIVED = 7;
    private static final String TICKER = "KXBTC15M-26SEP101800-00";
    private static final long OPEN = 1_789_076_700L * 1_000_000_000;

    private final MarketKeys keys = new MarketKeys();
    private final MarketCatalogue catalogue =
            new MarketCatalogue(Set.of("KXBTC15M", "KXBTC", "KXBTCD"), FeeSchedule.QUADRATIC);
    private final KalshiRestDecoder decoder = new KalshiRestDecoder(keys, catalogue);

    private static String market(String fields) {
        return "{\"ticker\":\"" + TICKER + "\",\"event_ticker\":\"KXBTC15M-26SEP101800\",\"exchange_index\":2,"
                + "\"open_time\":\"2026-09-10T21:45:00Z\",\"close_time\":\"2026-09-10T22:00:00Z\","
                + "\"strike_type\":\"greater_or_equal\",\"price_level_structure\":\"tapered_deci_cent\",\"custom_strike\":"
                + "{\"round_digits\":\"2\"}," + fields + "}";
    }

    private List<MarketEvent> events(String path, String body) throws MalformedFrameException {
        byte[] frame = RestFrame.wrap(path, body.getBytes(StandardCharsets.UTF_8));
        List<MarketEvent> events = new ArrayList<>();
        decoder.frame(frame, 0, frame.length, RECEIVED, events::add);
        return events;
    }

    private static MarketDefinition definition(MarketEvent event) {
        return ((MarketListed) event).definition();
    }

    @Test
    void a_market_is_listed_as_its_object_says() throws MalformedFrameException {
        String body = "{\"cursor\":\"\",\"markets\":["
                + market("\"floor_strike\":77132.46,\"status\":\"active\",\"result\":\"\"") + "]}";
        List<MarketEvent> events = events("/markets?series_ticker=KXBTC15M&status=open", body);
        assertThat(events)
                .containsExactly(new MarketListed(
                        new MarketDefinition(
                                keys.of(TICKER),
                                "KXBTC15M-26SEP101800",
                                "KXBTC15M",
                                StrikeType.GREATER_OR_EQUAL,
                                OptionalLong.of(771_324_600),
                                OptionalLong.empty(),
                                OPEN,
                                OPEN + 900_000_000_000L,
                                TickGrid.TAPERED_DECI_CENT,
                                FeeSchedule.QUADRATIC,
                                2),
                        0,
                        RECEIVED));
        assertThat(events("/markets?limit=5", body))
                .as("polled again, nothing new")
                .isEmpty();
    }

    @Test
    void price_ranges_come_before_their_label() throws MalformedFrameException {
        String ranges = "\"price_ranges\":[{\"start\":\"0.0000\",\"end\":\"1.0000\",\"step\":\"0.0050\"}]";
        MarketDefinition listed = definition(events("/markets/" + TICKER, "{\"market\":" + market(ranges) + "}")
                .getFirst());
        assertThat(listed.grid().ranges()).containsExactly(new TickGrid.Range(0, 10_000, 50));
        assertThatThrownBy(() -> events(
                        "/markets/" + TICKER,
                        "{\"market\":" + market(ranges.replace("\"end\":\"1.0000\"", "\"end\":\"0.9000\"")) + "}"))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageContaining("must reach 1.0000");
    }

    @Test
    void a_list_that_lags_does_not_take_a_strike_back() throws MalformedFrameException {
        KalshiStreamDecoder stream = new KalshiStreamDecoder(keys, catalogue);
        assertThat(definition(events("/markets/" + TICKER, "{\"market\":" + market("\"floor_strike\":null") + "}")
                                .getFirst())
                        .strikeKnown())
                .isFalse();
        byte[] strike = ("{\"type\":\"market_lifecycle_v2\",\"sid\":13,\"msg\":{\"market_ticker\":\"" + TICKER
                        + "\",\"event_type\":\"metadata_updated\",\"floor_strike\":77132.46}}")
                .getBytes(StandardCharsets.UTF_8);
        List<MarketEvent> streamed = new ArrayList<>();
        stream.frame(strike, 0, strike.length, RECEIVED, streamed::add);
        assertThat(definition(streamed.getFirst()).floorStrikeE4()).isEqualTo(OptionalLong.of(771_324_600));
        assertThat(events("/markets/" + TICKER, "{\"market\":" + market("\"status\":\"active\"") + "}"))
                .isEmpty();
    }

    @Test
    void results_and_settlement_are_told_once_each() throws MalformedFrameException {
        String closed =
                "{\"market\":" + market("\"status\":\"closed\",\"result\":\"\",\"expiration_value\":\"\"") + "}";
        assertThat(events("/markets/" + TICKER, closed)).hasSize(1);
        assertThat(catalogue.expirationValueE4(TICKER)).isEmpty();
        String determined = "{\"market\":"
                + market("\"status\":\"determined\",\"result\":\"yes\",\"expiration_value\":\"77,362.10\"") + "}";
        assertThat(events("/markets/" + TICKER, determined))
                .containsExactly(new MarketDetermined(keys.of(TICKER), Side.YES, 0, RECEIVED));
        assertThat(events("/markets/" + TICKER, determined)).isEmpty();
        assertThat(catalogue.expirationValueE4(TICKER)).isEqualTo(OptionalLong.of(773_621_000));
        String disputed = "{\"market\":" + market("\"status\":\"disputed\",\"result\":\"no\"") + "}";
        assertThat(events("/markets/" + TICKER, disputed)).isEmpty();
        String settled = "{\"market\":"
                + market("\"status\":\"finalized\",\"result\":\"yes\",\"settlement_ts\":\"2026-09-10T22:00:05Z\"")
                + "}";
        assertThat(events("/markets/" + TICKER, settled))
                .containsExactly(new MarketSettled(keys.of(TICKER), OPEN + 905_000_000_000L, RECEIVED));
        assertThat(events("/markets/" + TICKER, settled)).isEmpty();
    }

    @Test
    void a_paused_market_pauses_and_resumes() throws MalformedFrameException {
        events("/markets/" + TICKER, "{\"market\":" + market("\"status\":\"active\"") + "}");
        assertThat(events("/markets/" + TICKER, "{\"market\":" + market("\"status\":\"inactive\"") + "}"))
                .containsExactly(new MarketPaused(List.of(keys.of(TICKER)), true, 0, RECEIVED));
        assertThat(events("/markets/" + TICKER, "{\"market\":" + market("\"status\":\"active\"") + "}"))
                .containsExactly(new MarketPaused(List.of(keys.of(TICKER)), false, 0, RECEIVED));
    }

    @Test
    void the_trading_status_is_that_of_the_crypto_shard() throws MalformedFrameException {
        String status = "{\"exchange_active\":true,\"trading_active\":true,\"exchange_index_statuses\":["
                + "{\"exchange_index\":0,\"exchange_active\":true,\"trading_active\":true},"
                + "{\"exchange_index\":2,\"exchange_active\":true,\"trading_active\":%s}]}";
        assertThat(events("/exchange/status", status.formatted("false")))
                .containsExactly(new MarketPaused(List.of(), true, 0, RECEIVED));
        assertThat(events("/exchange/status", status.formatted("false")))
                .as("told each time: its age counts")
                .hasSize(1);
        assertThat(events("/exchange/status", status.formatted("true")))
                .containsExactly(new MarketPaused(List.of(), false, 0, RECEIVED));
        assertThat(events("/exchange/status", "{\"exchange_active\":true,\"trading_active\":false}"))
                .as("without shards the whole counts")
                .containsExactly(new MarketPaused(List.of(), true, 0, RECEIVED));
    }

    @Test
    void a_series_fees_reach_its_markets_known_and_to_come() throws MalformedFrameException {
        events("/markets/" + TICKER, "{\"market\":" + market("\"status\":\"active\"") + "}");
        String series = "{\"series\":{\"ticker\":\"KXBTC15M\",\"fee_type\":\"quadratic\",\"fee_multiplier\":%s}}";
        assertThat(events("/series/KXBTC15M", series.formatted("1"))).isEmpty();
        assertThat(definition(events("/series/KXBTC15M", series.formatted("2")).getFirst())
                        .fees())
                .isEqualTo(new FeeSchedule(1_400, 0, 1, 100));
        String later = market("\"status\":\"initialized\"").replace("101800-00", "101815-15");
        assertThat(definition(events("/markets", "{\"markets\":[" + later + "]}")
                                .getFirst())
                        .fees()
                        .takerRateE4())
                .isEqualTo(1_400);
        String odd = series.formatted("1").replace("quadratic", "novel_type");
        assertThat(definition(events("/series/KXBTC15M", odd).getFirst()).fees())
                .as("an unknown type is read as the dearer one")
                .isEqualTo(new FeeSchedule(700, 175, 1, 100));
    }

    @Test
    void an_orderbook_is_a_snapshot_without_a_number() throws MalformedFrameException {
        String body =
                "{\"orderbook_fp\":{\"no_dollars\":[[\"0.4800\",\"3.00\"]],\"yes_dollars\":[[\"0.4600\",\"1.00\"],[\"0.4700\",\"3.50\"]]}}";
        assertThat(events("/markets/" + TICKER + "/orderbook?depth=0", body))
                .singleElement()
                .isInstanceOfSatisfying(BookSnapshot.class, book -> {
                    assertThat(book.market().ticker()).isEqualTo(TICKER);
                    assertThat(book.sequence()).isZero();
                    assertThat(book.yesPricesE4()).containsExactly(4600, 4700);
                    assertThat(book.yesCountsE2()).containsExactly(100, 350);
                    assertThat(book.noPricesE4()).containsExactly(4800);
                    assertThat(book.noCountsE2()).containsExactly(300);
                });
        assertThat(events("/markets/" + TICKER + "/orderbook", "{\"orderbook_fp\":{\"yes_dollars\":null}}"))
                .singleElement()
                .isInstanceOfSatisfying(
                        BookSnapshot.class,
                        book -> assertThat(book.noPricesE4()).isEmpty());
    }

    @Test
    void ranges_and_thresholds_have_the_strikes_they_need() throws MalformedFrameException {
        String between = market("\"floor_strike\":76000,\"cap_strike\":76249.99")
                .replace("greater_or_equal", "between")
                .replace("tapered_deci_cent", "linear_cent")
                .replace(TICKER, "KXBTC-26APR1817-B76125");
        MarketDefinition range =
                definition(events("/markets/X", "{\"market\":" + between + "}").getFirst());
        assertThat(range.strikeType()).isEqualTo(StrikeType.BETWEEN);
        assertThat(range.capStrikeE4()).isEqualTo(OptionalLong.of(762_499_900));
        assertThat(range.strikeKnown()).isTrue();
        assertThat(range.grid()).isSameAs(TickGrid.LINEAR_CENT);
    }

    @Test
    void markets_that_are_not_for_us_are_passed_over() throws MalformedFrameException {
        String custom = market("\"status\":\"active\"").replace("greater_or_equal", "structured");
        assertThat(events("/markets/" + TICKER, "{\"market\":" + custom + "}")).isEmpty();
        assertThat(decoder.unlistedMarkets()).isEqualTo(1);
        int known = keys.size();
        String other = "{\"markets\":[{\"ticker\":\"KXHIGHNY-1\",\"open_time\":7}]}";
        assertThat(events("/markets?limit=1000", other)).isEmpty();
        assertThat(keys.size()).isEqualTo(known);
        assertThat(events("/markets/trades?limit=5", "{\"trades\":[]}")).isEmpty();
        assertThat(events("/novelty", "{}")).isEmpty();
        assertThat(decoder.unknownFrames()).isEqualTo(2);
    }

    @Test
    void one_bad_market_spoils_the_whole_body_and_nothing_takes_effect() {
        String good = market("\"status\":\"active\"");
        String bad = market("\"status\":\"active\"").replace("2026-09-10T22:00:00Z", "tomorrow");
        assertThatThrownBy(() -> events("/markets", "{\"markets\":[" + good + "," + bad + "]}"))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageContaining("close_time")
                .hasMessageContaining("tomorrow");
        assertThat(catalogue.definition(TICKER)).isEmpty();
    }

    @Test
    void a_body_that_is_not_json_is_malformed() {
        assertThatThrownBy(() -> events("/markets", "<html>502</html>")).isInstanceOf(MalformedFrameException.class);
        assertThatThrownBy(() -> RestFrame.wrap("/mar\"kets", new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void damaged_bodies_are_events_or_malformed(long seed) {
        Random random = new Random(seed);
        byte[] whole = RestFrame.wrap(
                "/markets",
                ("{\"markets\":[" + market("\"floor_strike\":77132.46,\"status\":\"finalized\",\"result\":\"no\"")
                                + "]}")
                        .getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 5_000; i++) {
            byte[] frame = whole.clone();
            int to = random.nextBoolean() ? frame.length : random.nextInt(frame.length);
            frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
            List<MarketEvent> events = new ArrayList<>();
            try {
                decoder.frame(frame, 0, to, RECEIVED, events::add);
            } catch (MalformedFrameException refused) {
                assertThat(events).isEmpty();
            }
        }
    }
}
