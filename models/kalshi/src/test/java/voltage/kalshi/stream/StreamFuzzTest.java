package voltage.kalshi.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static voltage.kalshi.stream.Frames.RECEIVED;
import static voltage.kalshi.stream.Frames.TICKER;
import static voltage.kalshi.stream.Frames.decode;
import static voltage.kalshi.stream.Frames.delta;
import static voltage.kalshi.stream.Frames.snapshot;
import static voltage.kalshi.stream.Frames.subscribed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voltage.kalshi.MarketCatalogue;
import voltage.market.MalformedFrameException;
import voltage.market.MarketKeys;

/** Damaged frames: whatever comes, there is nothing but events or a MalformedFrameException, and both paths agree. */
@Timeout(60)
class StreamFuzzTest {
    private static final int ROUNDS = 8_000;

    private static final List<String> SEEDS = List.of(
            delta(1, 5, TICKER),
            delta(1, 5, TICKER).replace(",\"ts_ms\":1781159489957", ""),
            snapshot(1, 5, TICKER),
            subscribed(3, "ticker"),
            "{\"id\":123,\"sid\":1,\"seq\":5,\"type\":\"ok\",\"msg\":{\"market_tickers\":[\"" + TICKER + "\"]}}",
            "{\"type\":\"error\",\"id\":124,\"msg\":{\"code\":25,\"msg\":\"overflow\"}}",
            "{\"type\":\"market_lifecycle_v2\",\"sid\":13,\"msg\":{\"market_ticker\":\"" + TICKER
                    + "\",\"event_type\":\"created\",\"exchange_index\":2,\"open_ts\":1694635200,\"close_ts\":1694721600,"
                    + "\"price_level_structure\":\"tapered_deci_cent\",\"additional_metadata\":{\"event_ticker\":\"KXBTC15M-X\","
                    + "\"strike_type\":\"greater\",\"floor_strike\":4487.25}}}",
            "{\"type\":\"event_fee_update\",\"sid\":5,\"msg\":{\"event_ticker\":\"KXBTC15M-X\",\"fee_type_override\":"
                    + "\"quadratic\",\"fee_multiplier_override\":1}}",
            "{\"type\":\"cfbenchmarks_value\",\"sid\":1,\"seq\":42,\"msg\":{\"index_id\":\"BRTI\",\"received_at\":1,\"data\":"
                    + "\"{\\\"time\\\":1710000000123,\\\"value\\\":\\\"68000.12\\\"}\",\"avg_60s_data\":{\"value\":\"1e9\"}}}",
            "{\"type\":\"fill\",\"sid\":13,\"msg\":{\"trade_id\":\"d\",\"order_id\":\"e\",\"market_ticker\":\"T\","
                    + "\"yes_price_dollars\":\"0.750\",\"count_fp\":\"278.00\",\"outcome_side\":\"yes\",\"ts_ms\":1671899397000}}");

    private static KalshiStreamDecoder decoder(boolean hasFastPath) throws MalformedFrameException {
        KalshiStreamDecoder decoder =
                new KalshiStreamDecoder(new MarketKeys(), MarketCatalogue.ofAllSeries(), hasFastPath);
        decode(decoder, subscribed(1, "orderbook_delta"));
        decode(decoder, snapshot(1, 1, TICKER));
        return decoder;
    }

    /** The events, or that the frame was refused. */
    private static List<String> result(KalshiStreamDecoder decoder, byte[] frame) {
        List<String> events = new ArrayList<>();
        try {
            decoder.frame(frame, 0, frame.length, RECEIVED, event -> events.add(Frames.text(event)));
        } catch (MalformedFrameException refused) {
            assertThat(events).as("a refused frame has no effect").isEmpty();
            return List.of("malformed");
        }
        return events;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void damaged_bytes_are_events_or_malformed_and_both_paths_agree(long seed) throws MalformedFrameException {
        Random random = new Random(seed);
        KalshiStreamDecoder fast = decoder(true);
        KalshiStreamDecoder slow = decoder(false);
        int malformed = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] frame = damaged(SEEDS.get(random.nextInt(SEEDS.size())), random);
            List<String> result = result(fast, frame);
            assertThat(result)
                    .as(() -> new String(frame, StandardCharsets.ISO_8859_1))
                    .isEqualTo(result(slow, frame));
            malformed += result.equals(List.of("malformed")) ? 1 : 0;
            if (i % 500 == 0) {
                fast.connected(RECEIVED, event -> {});
                slow.connected(RECEIVED, event -> {});
            }
        }
        assertThat(malformed).isBetween(ROUNDS / 10, ROUNDS);
        assertThat(fast.sequenceGaps()).isEqualTo(slow.sequenceGaps());
        assertThat(fast.unknownFields()).isEqualTo(slow.unknownFields());
        assertThat(fast.droppedDeltas()).isEqualTo(slow.droppedDeltas());

        // And it still works.
        fast.connected(RECEIVED, event -> {});
        decode(fast, subscribed(1, "orderbook_delta"));
        decode(fast, snapshot(1, 1, TICKER));
        assertThat(decode(fast, delta(1, 2, TICKER))).hasSize(1);
    }

    private static byte[] damaged(String seed, Random random) {
        byte[] frame = seed.getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(frame, random.nextInt(frame.length));
            case 1 -> {
                frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
                yield frame;
            }
            case 2 -> {
                frame[random.nextInt(frame.length)] =
                        (byte) "{}[]\",:0123456789.-eE \\\n\tnull".charAt(random.nextInt(29));
                yield frame;
            }
            case 3 -> {
                int from = random.nextInt(frame.length);
                int length = random.nextInt(Math.min(12, frame.length - from));
                byte[] cut = Arrays.copyOf(frame, frame.length - length);
                System.arraycopy(frame, from + length, cut, from, frame.length - from - length);
                yield cut;
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

    /** Deltas that are well-formed, or wrong in one value: keys in any order, white space, extra and repeated fields. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void rearranged_deltas_read_the_same_on_both_paths(long seed) throws MalformedFrameException {
        Random random = new Random(seed);
        KalshiStreamDecoder fast = decoder(true);
        KalshiStreamDecoder slow = decoder(false);
        int events = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] frame = rearranged(random, fast.deltas() + 2).getBytes(StandardCharsets.UTF_8);
            List<String> result = result(fast, frame);
            assertThat(result)
                    .as(() -> new String(frame, StandardCharsets.UTF_8))
                    .isEqualTo(result(slow, frame));
            events += result.size() == 1 && result.getFirst().startsWith("delta") ? 1 : 0;
        }
        assertThat(events).isGreaterThan(ROUNDS / 4);
        assertThat(fast.slowDeltas()).as("most are ordinary").isLessThan(fast.deltas() / 2);
        assertThat(fast.unknownFields()).isEqualTo(slow.unknownFields());
    }

    private static String rearranged(Random random, long seq) {
        List<String> msg = new ArrayList<>(List.of(
                field(random, "market_ticker", "\"" + TICKER + "\"", "\"\"", "7", "\"\\u0041\"", "\"\u00e9\""),
                field(
                        random,
                        "price_dollars",
                        "\"0.4700\"",
                        "\"1.0001\"",
                        "\"0.47001\"",
                        "0.47",
                        "\"-0.0100\"",
                        "null"),
                field(random, "delta_fp", "\"-3.00\"", "\"3\"", "\"1e3\"", "\"\"", "-3", "\"99999999999999999999\""),
                field(random, "side", "\"yes\"", "\"no\"", "\"YES\"", "true", "\"y\\u0065s\"")));
        if (random.nextInt(4) > 0) {
            msg.add(field(
                    random, "ts_ms", "1781159489957", "-1", "\"1781159489957\"", "01", "1e3", "99999999999999999"));
        }
        if (random.nextBoolean()) {
            msg.add(field(random, "ts", "\"2026-06-11T06:31:29.957081Z\"", "\"2026-06-31\"", "1781159489", "null"));
        }
        if (random.nextBoolean()) {
            msg.add(field(random, "market_id", "\"f5ed38e2-0991-4c8f-817e-08c4fd9cbfdb\"", "null", "{}"));
        }
        if (random.nextInt(5) == 0) {
            msg.add(field(random, "novelty", "17", "\"x\"", "[1,{\"a\":null}]", "-0.5"));
        }
        if (random.nextInt(30) == 0) {
            msg.add(msg.get(random.nextInt(msg.size())));
        }
        Collections.shuffle(msg, random);
        String gap = random.nextInt(10) == 0 ? " \n" : "";
        List<String> frame = new ArrayList<>(List.of(
                field(random, "type", "\"orderbook_delta\"", "\"orderbook_delt\\u0061\"", "1"),
                field(random, "sid", "1", "1.0", "\"1\"", "-1"),
                field(random, "seq", Long.toString(seq), "007", "null"),
                "\"msg\":" + gap + "{" + gap + String.join("," + gap, msg) + gap + "}"));
        if (random.nextInt(3) == 0) {
            frame.add(field(random, "sending_ts_ms", "1781159489999", "null"));
        }
        Collections.shuffle(frame, random);
        return gap + "{" + String.join(gap + ",", frame) + "}" + (random.nextBoolean() ? "\n" : "");
    }

    /** Mostly the first value. */
    private static String field(Random random, String name, String... values) {
        String value = random.nextInt(25) > 0 ? values[0] : values[random.nextInt(values.length)];
        return "\"" + name + "\":" + value;
    }
}
