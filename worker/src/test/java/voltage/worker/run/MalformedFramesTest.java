package voltage.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voltage.engine.EngineOutput;
import voltage.engine.EngineSettings;
import voltage.market.Feed;
import voltage.order.ExecutionReport;
import voltage.order.InMemoryLedger;
import voltage.order.Lane;
import voltage.order.RefusalReason;
import voltage.store.journal.JournalArchive;
import voltage.store.journal.JournalOptions;
import voltage.store.journal.JournalReader;
import voltage.store.journal.JournalWriter;
import voltage.store.json.AccountJson;
import voltage.worker.pipeline.LatencyProbe;
import voltage.worker.pipeline.Pipeline;
import voltage.worker.replay.JournalReplay;
import voltage.worker.report.DecisionLog;

/** Malformed frames of every feed through a worker: counted, told, journalled, never fatal; and a replay makes the same of them. */
@Timeout(60)
class MalformedFramesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String TICKER = "KXBTC15M-26NOV201000-00";
    private static final String MARKET = "{\"ticker\":\"" + TICKER + "\",\"event_ticker\":\"KXBTC15M-26NOV201000\","
            + "\"exchange_index\":2,\"open_time\":\"2026-11-20T14:45:00Z\",\"close_time\":\"2026-11-20T15:00:00Z\","
            + "\"strike_type\":\"greater_or_equal\",\"floor_strike\":90000.12,\"status\":\"active\",\"result\":\"\","
            + "\"price_level_structure\":\"tapered_deci_cent\"}";

    /** One good frame or more of each feed, for others to be made of by damage. */
    private static final Map<Feed, List<String>> GOOD = new EnumMap<>(Map.ofEntries(
            Map.entry(
                    Feed.KALSHI_REST,
                    List.of(
                            "{\"path\":\"/markets\",\"body\":{\"cursor\":\"\",\"markets\":[" + MARKET + "]}}",
                            "{\"path\":\"/markets/" + TICKER
                                    + "/orderbook\",\"body\":{\"orderbook_fp\":{\"yes_dollars\":"
                                    + "[[\"0.4600\",\"150.00\"]],\"no_dollars\":[[\"0.5300\",\"200.00\"]]}}}")),
            Map.entry(
                    Feed.KALSHI_STREAM,
                    List.of(
                            "{\"type\":\"orderbook_snapshot\",\"sid\":1,\"seq\":1,\"msg\":{\"market_ticker\":\""
                                    + TICKER
                                    + "\",\"yes_dollars_fp\":[[\"0.4600\",\"150.00\"]],\"no_dollars_fp\":[[\"0.5300\","
                                    + "\"200.00\"]]}}",
                            "{\"type\":\"orderbook_delta\",\"sid\":1,\"seq\":2,\"msg\":{\"market_ticker\":\"" + TICKER
                                    + "\",\"price_dollars\":\"0.4600\",\"delta_fp\":\"-3.00\",\"side\":\"yes\","
                                    + "\"ts_ms\":1795186200000}}",
                            "{\"type\":\"fill\",\"sid\":13,\"msg\":{\"trade_id\":\"d\",\"order_id\":\"e\",\"market_ticker\":"
                                    + "\"T\",\"yes_price_dollars\":\"0.750\",\"count_fp\":\"278.00\",\"outcome_side\":\"yes\","
                                    + "\"ts_ms\":1671899397000}}")),
            Map.entry(
                    Feed.KRAKEN_STREAM,
                    List.of(
                            "{\"channel\":\"trade\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\",\"side\":\"buy\","
                                    + "\"price\":90000.1,\"qty\":0.5,\"ord_type\":\"limit\",\"trade_id\":7,\"timestamp\":"
                                    + "\"2026-11-20T14:50:00.000000Z\"}]}")),
            Map.entry(
                    Feed.KRAKEN_REST,
                    List.of("{\"error\":[],\"result\":{\"XXBTZUSD\":[[1795185000,\"90000.1\",\"90010.0\",\"89990.0\","
                            + "\"90005.0\",\"90001.0\",\"1.50000000\",12]],\"last\":1795185000}}")),
            Map.entry(
                    Feed.COINBASE_STREAM,
                    List.of(
                            "{\"type\":\"match\",\"trade_id\":7,\"side\":\"buy\",\"size\":\"0.5\",\"price\":\"90000.10\","
                                    + "\"product_id\":\"BTC-USD\",\"sequence\":5,\"time\":\"2026-11-20T14:50:00.000000Z\"}")),
            Map.entry(
                    Feed.BINANCE_STREAM,
                    List.of(
                            "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":1795186200000,\"s\":\"BTCUSDT\","
                                    + "\"t\":7,\"p\":\"90000.10\",\"q\":\"0.5\",\"T\":1795186200000,\"m\":false}}")),
            Map.entry(
                    Feed.BINANCE_REST,
                    List.of("[[1795186140000,\"90000.1\",\"90010.0\",\"89990.0\",\"90005.0\",\"1.5\",1795186199999,"
                            + "\"135000.0\",12,\"0.7\",\"63000.0\",\"0\"]]")),
            Map.entry(Feed.BINANCE_US_REST, List.of("{\"path\":\"/api/v3/klines?interval=1m\",\"body\":[]}")),
            Map.entry(
                    Feed.BINANCE_US_STREAM,
                    List.of(
                            "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":1795186200000,\"s\":\"BTCUSDT\","
                                    + "\"t\":7,\"p\":\"90000.10\",\"q\":\"0.5\",\"T\":1795186200000,\"m\":false}}")),
            Map.entry(
                    Feed.REPORTS,
                    List.of(new String(
                            AccountJson.write(
                                    new ExecutionReport.Refused("c", TICKER, RefusalReason.LATE, "2 s late", 5, 0)),
                            StandardCharsets.UTF_8))),
            Map.entry(Feed.LEDGER, List.of("{\"type\":\"LedgerLoaded\",\"entries\":[],\"unfinished\":[]}")),
            Map.entry(Feed.OPERATOR, List.of("{\"type\":\"LaneSwitched\",\"reason\":\"x\"}"))));

    private final List<EngineOutput.Status> told = new ArrayList<>();
    private long nanos = 1_795_186_200L * SECOND;
    private final Inbox inbox = new Inbox(8_192, () -> nanos);

    @TempDir
    private Path directory;

    /** What a life made of its frames. */
    private record Outcome(Map<Feed, Long> frames, Map<Feed, Long> malformed, long events, String digest) {
        static Outcome of(Pipeline pipeline, DecisionLog log) {
            return new Outcome(
                    pipeline.stats().frames(),
                    pipeline.stats().malformed(),
                    pipeline.stats().events(),
                    log.digest());
        }
    }

    private Outcome live(Map<Feed, List<byte[]>> frames) {
        DecisionLog log = DecisionLog.digestOnly();
        try (JournalWriter journal =
                JournalWriter.open(directory.resolve("journal"), JournalArchive.NONE, JournalOptions.DEFAULT)) {
            Worker worker = new Worker(
                    inbox,
                    journal,
                    () -> nanos,
                    event -> {},
                    LatencyProbe.off(),
                    new Worker.Outputs(log::decided, command -> {}, told::add, () -> {}, needed -> {}));
            worker.start(EngineSettings.defaults(Lane.PAPER), new InMemoryLedger());
            frames.forEach((feed, bodies) -> {
                inbox.connected(feed);
                for (byte[] body : bodies) {
                    inbox.frame(feed, body);
                    nanos += SECOND / 100;
                    worker.drain();
                }
            });
            worker.stop();
            return Outcome.of(worker.pipeline(), log);
        }
    }

    private Outcome replayed() {
        DecisionLog log = DecisionLog.digestOnly();
        JournalReplay replay = new JournalReplay(log::decided);
        replay.run(directory.resolve("journal"), JournalReader.OnDamage.STOP);
        return Outcome.of(replay.pipeline(), log);
    }

    @Test
    void garbage_on_every_feed_is_counted_told_and_survived_and_a_replay_agrees() {
        List<byte[]> garbage = new ArrayList<>();
        for (String text : List.of("", "{", "null", "7", "\"x\"", "not JSON", "[[[[", "\u0000\u0001", "[1e999]")) {
            garbage.add(text.getBytes(StandardCharsets.UTF_8));
        }
        Map<Feed, List<byte[]>> frames = new EnumMap<>(Feed.class);
        GOOD.keySet().forEach(feed -> frames.put(feed, garbage));

        Outcome outcome = live(frames);

        assertThat(outcome.malformed().keySet()).containsExactlyInAnyOrderElementsOf(GOOD.keySet());
        outcome.malformed()
                .forEach((feed, count) ->
                        assertThat(count).as("malformed of " + feed).isGreaterThanOrEqualTo(5));
        assertThat(told).anySatisfy(status -> assertThat(status.text()).contains("could not be read and is skipped"));
        assertThat(replayed()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void damaged_frames_of_every_feed_are_survived_and_a_replay_agrees(long seed) {
        Random random = new Random(seed);
        Map<Feed, List<byte[]>> frames = new EnumMap<>(Feed.class);
        GOOD.forEach((feed, good) -> {
            List<byte[]> damaged = new ArrayList<>();
            good.forEach(frame -> damaged.add(frame.getBytes(StandardCharsets.UTF_8)));
            for (int i = 0; i < 400; i++) {
                damaged.add(damaged(good.get(random.nextInt(good.size())), random));
            }
            frames.put(feed, damaged);
        });

        Outcome outcome = live(frames);

        assertThat(outcome.malformed().keySet()).containsExactlyInAnyOrderElementsOf(GOOD.keySet());
        assertThat(replayed()).isEqualTo(outcome);
    }

    private static byte[] damaged(String good, Random random) {
        byte[] frame = good.getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(3)) {
            case 0 -> Arrays.copyOf(frame, random.nextInt(frame.length));
            case 1 -> {
                frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
                yield frame;
            }
            default -> {
                // Digits only: still JSON, other values.
                for (int i = 0; i < frame.length; i++) {
                    if (frame[i] >= '0' && frame[i] <= '9' && random.nextInt(10) == 0) {
                        frame[i] = (byte) ('0' + random.nextInt(10));
                    }
                }
                yield frame;
            }
        };
    }
}
