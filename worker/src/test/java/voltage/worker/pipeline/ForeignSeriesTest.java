package voltage.worker.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import voltage.engine.EngineOutput;
import voltage.engine.EngineSettings;
import voltage.market.Feed;
import voltage.market.MarketEvent;
import voltage.market.TradedSeries;
import voltage.order.Lane;
import voltage.store.journal.Kind;
import voltage.worker.feed.HttpGet;
import voltage.worker.feed.Ingress;
import voltage.worker.feed.KalshiRestFeed;
import voltage.worker.feed.Timers;
import voltage.worker.run.Steering;

/** Kalshi's life-cycle channel cannot be filtered: what of it is ours is for the pipeline to know. */
class ForeignSeriesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long OPEN_S = 1_795_168_800L;
    private static final String OURS = "KXBTC15M-26NOV201015-15";
    private static final String ETHER = "KXETH15M-26NOV201015-15";
    private static final String WEATHER = "KXHIGHNY-26NOV20-T60";

    private final List<MarketEvent> events = new ArrayList<>();
    private final List<EngineOutput> outputs = new ArrayList<>();
    private final List<String> fetched = new ArrayList<>();
    private final List<Runnable> polls = new ArrayList<>();
    private long sequence;

    private Pipeline pipeline(TradedSeries series) {
        EngineSettings defaults = EngineSettings.defaults(Lane.PAPER);
        EngineSettings settings = defaults.withLimits(defaults.limits().withSeries(series));
        Steering steering = new Steering(null, rest(), series);
        Pipeline pipeline = new Pipeline(
                outputs::add,
                event -> {
                    events.add(event);
                    steering.on(event);
                },
                LatencyProbe.off());
        record(pipeline, Feed.OPERATOR, Kind.STARTED, EngineFactory.toJson(settings));
        record(pipeline, Feed.KALSHI_STREAM, Kind.CONNECTED, new byte[0]);
        return pipeline;
    }

    /** A feed whose polls are run by hand. */
    private KalshiRestFeed rest() {
        Timers timers = new Timers() {
            @Override
            public long nowNanos() {
                return 0;
            }

            @Override
            public Cancellable after(long delayNanos, Runnable task) {
                polls.add(task);
                return () -> {};
            }
        };
        Ingress nowhere = new Ingress() {
            @Override
            public void connected(Feed feed) {}

            @Override
            public void disconnected(Feed feed, String reason) {}

            @Override
            public void frame(Feed feed, byte[] bytes, int from, int to) {}
        };
        HttpGet http = uri -> {
            fetched.add(String.valueOf(uri));
            throw new IOException("nobody answers");
        };
        KalshiRestFeed rest = new KalshiRestFeed(
                URI.create("https://kalshi.test/trade-api/v2"),
                List.of("KXBTC15M"),
                http,
                timers,
                nowhere,
                InstantSource.fixed(Instant.ofEpochSecond(OPEN_S)),
                new Random(1));
        rest.start();
        return rest;
    }

    private void record(Pipeline pipeline, Feed feed, Kind kind, byte[] bytes) {
        sequence++;
        pipeline.record(feed, kind, sequence, OPEN_S * SECOND + sequence * 2 * SECOND, bytes, 0, bytes.length);
    }

    private void created(Pipeline pipeline, String ticker) {
        String event = ticker.substring(0, ticker.lastIndexOf('-'));
        String frame = "{\"type\":\"market_lifecycle_v2\",\"sid\":13,\"msg\":{\"market_ticker\":\"" + ticker
                + "\",\"event_type\":\"created\",\"exchange_index\":2,\"open_ts\":" + OPEN_S + ",\"close_ts\":"
                + (OPEN_S + 900) + ",\"price_level_structure\":\"linear_cent\",\"price_ranges\":["
                + "{\"start\":\"0.0000\",\"end\":\"1.0000\",\"step\":\"0.0100\"}],"
                + "\"additional_metadata\":{\"event_ticker\":\"" + event
                + "\",\"strike_type\":\"greater_or_equal\",\"floor_strike\":3000.5}}}";
        record(pipeline, Feed.KALSHI_STREAM, Kind.FRAME, frame.getBytes(UTF_8));
    }

    private List<String> listed() {
        return events.stream()
                .filter(MarketEvent.MarketListed.class::isInstance)
                .map(event -> ((MarketEvent.MarketListed) event).definition().ticker())
                .toList();
    }

    private List<String> decidedOn() {
        return outputs.stream()
                .filter(EngineOutput.Decided.class::isInstance)
                .map(output -> ((EngineOutput.Decided) output).decision().ticker())
                .distinct()
                .toList();
    }

    @Test
    void a_market_of_another_series_is_neither_listed_nor_followed_nor_decided_on() {
        Pipeline pipeline = pipeline(TradedSeries.QUARTER_HOUR);
        created(pipeline, ETHER);
        created(pipeline, WEATHER);
        created(pipeline, OURS);
        pipeline.advance(pipeline.lastNanos() + 3 * SECOND);
        List.copyOf(polls).forEach(Runnable::run);

        assertThat(listed()).containsExactly(OURS);
        assertThat(decidedOn()).containsExactly(OURS);
        assertThat(fetched).anyMatch(path -> path.contains("orderbooks?tickers=" + OURS));
        assertThat(fetched).noneMatch(path -> path.contains("KXETH15M") || path.contains("KXHIGHNY"));
    }

    @Test
    void the_series_are_those_of_the_journals_start_record() {
        Pipeline pipeline = pipeline(new TradedSeries(List.of("KXETH15M")));
        created(pipeline, ETHER);
        created(pipeline, OURS);

        assertThat(listed()).containsExactly(ETHER);
    }
}
