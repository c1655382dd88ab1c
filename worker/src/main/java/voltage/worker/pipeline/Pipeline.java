package voltage.worker.pipeline;

import org.jspecify.annotations.Nullable;
import voltage.engine.Engine;
import voltage.engine.EngineOutput;
import voltage.engine.EngineSettings;
import voltage.forecast.filter.EntryFilter;
import voltage.kalshi.stream.KalshiStreamDecoder;
import voltage.kalshi.stream.StreamError;
import voltage.market.EventSink;
import voltage.market.Feed;
import voltage.market.FrameDecoder;
import voltage.market.MalformedFrameException;
import voltage.market.MarketEvent;
import voltage.market.TradedSeries;
import voltage.store.journal.Kind;
import voltage.store.journal.Visitor;

/**
 * Journal records in, engine outputs out: what a worker does with each record it has just written, and what a replay does with each
 * record it reads. Records come in journal order with receive times that never run backwards.
 *
 * <p>Timers are made here by one rule: before a record of time {@code t}, every whole second up to {@code t} that has not been told yet
 * is told. So they need not be journalled.
 */
public final class Pipeline implements Visitor {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final EngineOutput.Sink out;
    private final EventSink tap;
    private final PipelineStats stats = new PipelineStats();
    private final LatencyProbe latency;

    private @Nullable Engine engine;
    private Decoders decoders = new Decoders(TradedSeries.BITCOIN);
    private long nextTimerNanos = Long.MIN_VALUE;
    private long lastNanos = Long.MIN_VALUE;
    private long errorsTold;

    /**
     * @param out takes what the engines say
     * @param tap sees every event before the engine does, for those who steer subscriptions
     * @param latency measures from a frame to the end of its decisions
     */
    public Pipeline(EngineOutput.Sink out, EventSink tap, LatencyProbe latency) {
        this.out = out;
        this.tap = tap;
        this.latency = latency;
    }

    @Override
    public void record(Feed feed, Kind kind, long sequence, long receivedNanos, byte[] bytes, int from, int to) {
        switch (kind) {
            case STARTED ->
                start(EngineFactory.fromJson(bytes, from, to), EngineFactory.filter(bytes, from, to), receivedNanos);
            case ENDED -> advance(receivedNanos);
            case CONNECTED -> {
                advance(receivedNanos);
                decoders.of(feed).connected(receivedNanos, this::event);
                event(new MarketEvent.FeedChanged(feed, true, 0, receivedNanos));
            }
            case DISCONNECTED -> {
                advance(receivedNanos);
                decoders.of(feed).disconnected(receivedNanos, this::event);
                event(new MarketEvent.FeedChanged(feed, false, 0, receivedNanos));
            }
            case FRAME -> frame(feed, receivedNanos, bytes, from, to);
        }
    }

    /** A worker's life begins: a new engine that knows nothing, and decoders without connections. */
    private void start(EngineSettings settings, EntryFilter filter, long receivedNanos) {
        stats.gapsOfEarlierLives(decoders.kalshiStream().sequenceGaps());
        decoders = new Decoders(settings.limits().series());
        errorsTold = 0;
        engine = EngineFactory.create(settings, filter, out);
        if (filter instanceof EntryFilter.Broken broken) {
            out.on(new EngineOutput.Status(
                    receivedNanos,
                    EngineOutput.Status.Level.ALERT,
                    "",
                    "the entry filter cannot be used: " + broken.reason()));
        }
        lastNanos = receivedNanos;
        nextTimerNanos = Math.floorDiv(receivedNanos, SECOND_NANOS) * SECOND_NANOS + SECOND_NANOS;
    }

    private void frame(Feed feed, long receivedNanos, byte[] bytes, int from, int to) {
        advance(receivedNanos);
        stats.frame(feed);
        FrameDecoder decoder = decoders.of(feed);
        long begin = latency.begin();
        long before = stats.events();
        try {
            decoder.frame(bytes, from, to, receivedNanos, eventSink);
        } catch (MalformedFrameException e) {
            malformed(feed, receivedNanos, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            if (stats.events() > before) {
                // An event of it has reached the engine: then it is the engine that failed.
                throw e;
            }
            // A decoder's defect. The frame is in the journal already, so that to end here would be to end at each
            // start.
            malformed(feed, receivedNanos, e.toString());
        }
        latency.end(begin);
        if (feed == Feed.KALSHI_STREAM && decoders.kalshiStream().errorFrames() > errorsTold) {
            tellErrors(receivedNanos);
        }
    }

    private void tellErrors(long receivedNanos) {
        KalshiStreamDecoder stream = decoders.kalshiStream();
        errorsTold = stream.errorFrames();
        for (StreamError error : stream.takeErrors()) {
            out.on(new EngineOutput.Status(
                    receivedNanos,
                    EngineOutput.Status.Level.NOTE,
                    error.ticker(),
                    "Kalshi's stream answers with error " + error.code() + ": " + error.message()));
        }
    }

    private void malformed(Feed feed, long receivedNanos, String why) {
        stats.malformed(feed);
        out.on(new EngineOutput.Status(
                receivedNanos,
                EngineOutput.Status.Level.NOTE,
                "",
                "a frame of " + feed + " could not be read and is skipped: " + why));
    }

    /** Held in a field so that a frame costs no new lambda. */
    private final EventSink eventSink = this::event;

    /** Tells every whole second up to {@code nanos}. */
    public void advance(long nanos) {
        lastNanos = Math.max(lastNanos, nanos);
        while (nextTimerNanos <= nanos && engine != null) {
            event(new MarketEvent.Timer(nextTimerNanos));
            nextTimerNanos += SECOND_NANOS;
        }
    }

    private void event(MarketEvent event) {
        stats.event();
        tap.on(event);
        Engine current = engine;
        if (current == null) {
            throw new IllegalStateException("a journal begins with a STARTED record; this one begins with " + event);
        }
        current.on(event);
    }

    /** The engine of the current life; null before the first. */
    public @Nullable Engine engine() {
        return engine;
    }

    public Decoders decoders() {
        return decoders;
    }

    public PipelineStats stats() {
        return stats;
    }

    /** Sequence gaps on Kalshi's stream, over all lives. */
    public long sequenceGaps() {
        return stats.gapsOfEarlierLives() + decoders.kalshiStream().sequenceGaps();
    }

    /** The latest time seen. */
    public long lastNanos() {
        return lastNanos;
    }

    /** When the next second has to be told; {@link Long#MAX_VALUE} before the first life. */
    public long nextTimerNanos() {
        return engine == null ? Long.MAX_VALUE : nextTimerNanos;
    }
}
