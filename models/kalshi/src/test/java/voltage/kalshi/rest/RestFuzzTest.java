package voltage.kalshi.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voltage.kalshi.MarketCatalogue;
import voltage.market.MalformedFrameException;
import voltage.market.MarketEvent;
import voltage.market.MarketKeys;

/** Damaged bodies: whatever comes, there is nothing but events or a MalformedFrameException. */
@Timeout(60)
class RestFuzzTest {
    private static final int ROUNDS = 8_000;
    private static final String TICKER = "KXBTC15M-26SEP101800-00";
    private static final String MARKET = "{\"ticker\":\"" + TICKER + "\",\"event_ticker\":\"KXBTC15M-26SEP101800\","
            + "\"exchange_index\":2,\"open_time\":\"2026-09-10T21:45:00Z\",\"close_time\":\"2026-09-10T22:00:00Z\","
            + "\"strike_type\":\"greater_or_equal\",\"floor_strike\":77132.46,\"status\":\"finalized\",\"result\":\"yes\","
            + "\"expiration_value\":\"77,362.10\",\"settlement_ts\":\"2026-09-10T22:00:05Z\",\"price_ranges\":"
            + "[{\"start\":\"0.0000\",\"end\":\"1.0000\",\"step\":\"0.0050\"}]}";

    private static final List<byte[]> SEEDS = List.of(
            frame("/markets?series_ticker=KXBTC15M", "{\"cursor\":\"\",\"markets\":[" + MARKET + "," + MARKET + "]}"),
            frame("/markets/" + TICKER, "{\"market\":" + MARKET + "}"),
            frame(
                    "/markets/" + TICKER + "/orderbook?depth=0",
                    "{\"orderbook_fp\":{\"yes_dollars\":[[\"0.4600\",\"1.50\"]],\"no_dollars\":[[\"0.4800\",\"2.00\"]]}}"),
            frame(
                    "/exchange/status",
                    "{\"exchange_active\":true,\"trading_active\":true,\"exchange_index_statuses\":[{\"exchange_index\":2,"
                            + "\"exchange_active\":true,\"trading_active\":false}]}"),
            frame(
                    "/series/KXBTC15M",
                    "{\"series\":{\"ticker\":\"KXBTC15M\",\"fee_type\":\"quadratic\",\"fee_multiplier\":1}}"),
            frame(
                    "/events/KXBTC15M-26SEP101800",
                    "{\"event\":{\"event_ticker\":\"KXBTC15M-26SEP101800\",\"fee_type_override\":\"flat\","
                            + "\"fee_multiplier_override\":0.5},\"markets\":[" + MARKET + "]}"));

    private static byte[] frame(String path, String body) {
        return RestFrame.wrap(path, body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void damaged_bodies_are_events_or_malformed(long seed) {
        Random random = new Random(seed);
        KalshiRestDecoder decoder = new KalshiRestDecoder(new MarketKeys(), MarketCatalogue.ofAllSeries());
        int malformed = 0;
        int events = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] frame = damaged(SEEDS.get(random.nextInt(SEEDS.size())), random);
            List<MarketEvent> told = new ArrayList<>();
            try {
                decoder.frame(frame, 0, frame.length, 7, told::add);
            } catch (MalformedFrameException refused) {
                assertThat(told).as("a refused frame has no effect").isEmpty();
                malformed++;
            }
            events += told.size();
        }
        assertThat(malformed).isBetween(ROUNDS / 5, ROUNDS - 1);
        assertThat(events).isPositive();
    }

    private static byte[] damaged(byte[] seed, Random random) {
        byte[] frame = seed.clone();
        return switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(frame, random.nextInt(frame.length));
            case 1 -> {
                frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
                yield frame;
            }
            case 2 -> {
                // Digits only: still JSON, other values.
                for (int i = 0; i < frame.length; i++) {
                    if (frame[i] >= '0' && frame[i] <= '9' && random.nextInt(8) == 0) {
                        frame[i] = (byte) ('0' + random.nextInt(10));
                    }
                }
                yield frame;
            }
            case 3 -> {
                String[] odd = {
                    "null",
                    "-1",
                    "1e400",
                    "1E-9999999999",
                    "\"\"",
                    "[]",
                    "{}",
                    "true",
                    "99999999999999999999",
                    "\"9999-12-31T23:59:59Z\"",
                    "\"" + "X".repeat(200) + "\""
                };
                String text = new String(frame, StandardCharsets.UTF_8);
                List<Integer> values = new ArrayList<>();
                for (int at = text.indexOf("\":"); at >= 0; at = text.indexOf("\":", at + 1)) {
                    values.add(at + 2);
                }
                int at = values.get(random.nextInt(values.size()));
                yield (text.substring(0, at)
                                + text.substring(at)
                                        .replaceFirst("^(\"[^\"]*\"|[^,}\\]]*)", odd[random.nextInt(odd.length)]))
                        .getBytes(StandardCharsets.UTF_8);
            }
            default -> {
                int from = random.nextInt(frame.length);
                int length = random.nextInt(Math.min(20, frame.length - from));
                byte[] doubled = Arrays.copyOf(frame, frame.length + length);
                System.arraycopy(frame, from, doubled, from + length, frame.length - from);
                yield doubled;
            }
        };
    }
}
