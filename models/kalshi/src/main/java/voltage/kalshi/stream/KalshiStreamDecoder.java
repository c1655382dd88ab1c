package voltage.kalshi.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import voltage.kalshi.JsonFields;
import voltage.kalshi.KalshiFill;
import voltage.kalshi.KalshiOrder;
import voltage.kalshi.KalshiPosition;
import voltage.kalshi.MarketCatalogue;
import voltage.market.BookDelta;
import voltage.market.EventSink;
import voltage.market.FrameDecoder;
import voltage.market.MalformedFrameException;
import voltage.market.MarketEvent;
import voltage.market.MarketEvent.BookSnapshot;
import voltage.market.MarketEvent.Damage;
import voltage.market.MarketKey;
import voltage.market.MarketKeys;

/**
 * Kalshi's WebSocket frames as events. It follows each subscription's sequence numbers: after a gap every market of the subscription
 * is reported damaged, its deltas are dropped until its next snapshot, and {@link #takeResyncs} says what to ask for.
 *
 * <p>Frame types and fields that it does not know are ignored and counted. Used by one thread.
 */
public final class KalshiStreamDecoder implements FrameDecoder {
    private static final int MAX_ERRORS_KEPT = 64;

    private final MarketKeys keys;
    private final MarketCatalogue catalogue;
    private final boolean hasFastPath;
    private final LifecycleFrames lifecycle;
    private final Subscriptions subscriptions = new Subscriptions();
    private final DeltaScanner fields = new DeltaScanner();
    private final TickerCache tickers;
    private final ArrayDeque<StreamError> errors = new ArrayDeque<>();
    private @Nullable BookDelta delta;
    private long deltas;
    private long slowDeltas;
    private long droppedDeltas;
    private long unknownFrames;
    private long unknownFields;
    private long errorFrames;

    /** A decoder with a catalogue of its own, of all series. */
    public KalshiStreamDecoder(MarketKeys keys) {
        this(keys, MarketCatalogue.ofAllSeries());
    }

    /** @param catalogue shared with the engine's {@code KalshiRestDecoder}, which fills it with definitions */
    public KalshiStreamDecoder(MarketKeys keys, MarketCatalogue catalogue) {
        this(keys, catalogue, true);
    }

    KalshiStreamDecoder(MarketKeys keys, MarketCatalogue catalogue, boolean hasFastPath) {
        this.keys = keys;
        this.catalogue = catalogue;
        this.hasFastPath = hasFastPath;
        tickers = new TickerCache(keys);
        lifecycle = new LifecycleFrames(keys, catalogue);
    }

    @Override
    public void connected(long receivedNanos, EventSink out) {
        subscriptions.endAll(receivedNanos, out);
    }

    @Override
    public void disconnected(long receivedNanos, EventSink out) {
        subscriptions.endAll(receivedNanos, out);
    }

    @Override
    public void frame(byte[] bytes, int from, int to, long receivedNanos, EventSink out)
            throws MalformedFrameException {
        if (hasFastPath && fields.scan(bytes, from, to)) {
            MarketKey market = tickers.of(bytes, fields.tickerFrom, fields.tickerTo);
            if (market != null) {
                unknownFields += fields.unknownFields;
                onDelta(market, receivedNanos, out);
                return;
            }
        }
        List<MarketEvent> events = new ArrayList<>();
        try {
            onFrame(JsonFields.parse(bytes, from, to), receivedNanos, events::add);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MalformedFrameException("Kalshi stream: a value is out of its range: " + e.getMessage(), e);
        }
        // Outside the try: what the receiver throws is not the frame's fault.
        events.forEach(out::on);
    }

    private void onDelta(MarketKey market, long receivedNanos, EventSink out) throws MalformedFrameException {
        Subscription subscription = subscriptions.of(fields.sid);
        subscriptions.consume(subscription, fields.seq, receivedNanos, out);
        deltas++;
        if (!subscription.isLive(market)) {
            droppedDeltas++;
            subscription.damageOnce(market);
            return;
        }
        BookDelta reused = delta;
        if (reused == null) {
            reused = new BookDelta(market);
            delta = reused;
        }
        out.on(reused.set(
                market, fields.side, fields.priceE4, fields.deltaE2, fields.seq, fields.exchangeNanos, receivedNanos));
    }

    private void onFrame(JsonFields frame, long received, EventSink out) throws MalformedFrameException {
        String type = frame.text("type");
        JsonFields msg = frame.isArray("msg") ? null : frame.objectOrNull("msg");
        switch (type) {
            case "orderbook_delta" -> {
                MarketKey market = keys.of(fields.read(frame));
                slowDeltas++;
                onDelta(market, received, out);
            }
            case "orderbook_snapshot" -> onSnapshot(frame, frame.object("msg"), received, out);
            case "subscribed" -> {
                JsonFields named = frame.object("msg");
                subscriptions.acknowledged(named.integerFrom("sid", 0), named.text("channel"), received, out);
            }
            case "ok" -> onOk(frame, msg, received, out);
            case "unsubscribed" -> onUnsubscribed(frame, received, out);
            case "error" -> onError(frame, frame.object("msg"), received, out);
            default -> {
                checkNumbers(frame);
                List<MarketEvent> events = events(type, msg, received);
                if (events == null) {
                    unknownFrames++;
                }
                consume(frame, received, out);
                if (events != null) {
                    events.forEach(out::on);
                }
            }
        }
        unknownFields += KnownFields.countUnknown(type, frame, msg);
    }

    /** The events of a frame that only carries data; null if its type is not known. */
    private @Nullable List<MarketEvent> events(String type, @Nullable JsonFields msg, long received)
            throws MalformedFrameException {
        return switch (type) {
            case "ticker" -> {
                JsonFields data = needed(type, msg);
                String ticker = data.ticker("market_ticker");
                yield List.of(MarketFrames.ticker(data, keys.of(ticker), received));
            }
            case "trade" -> {
                JsonFields data = needed(type, msg);
                String ticker = data.ticker("market_ticker");
                yield List.of(MarketFrames.trade(data, keys.of(ticker), received));
            }
            case "cfbenchmarks_value", "cfbenchmarks_value_5hz" ->
                List.of(MarketFrames.index(needed(type, msg), received));
            case "market_lifecycle_v2" -> lifecycle.market(needed(type, msg), received);
            case "event_fee_update" -> lifecycle.fees(needed(type, msg), received);
            case "fill" -> {
                KalshiFill fill = KalshiFill.readStream(needed(type, msg));
                yield List.of(new PrivateFill(keys.of(fill.ticker()), fill, received));
            }
            case "user_order" -> {
                JsonFields data = needed(type, msg);
                KalshiOrder order = KalshiOrder.read(data);
                long nanos = data.has("ts_ms") ? data.eventNanos() : order.updatedNanos();
                yield List.of(new PrivateOrder(keys.of(order.ticker()), order, nanos, received));
            }
            case "market_position" -> {
                JsonFields data = needed(type, msg);
                KalshiPosition position = KalshiPosition.readStream(data);
                yield List.of(new PrivatePosition(keys.of(position.ticker()), position, data.eventNanos(), received));
            }
            // Known, of no use to trading.
            case "event_lifecycle",
                    "multivariate_market_lifecycle",
                    "order_group_updates",
                    "cfbenchmarks_value_indexlist" -> List.of();
            default -> null;
        };
    }

    private void onSnapshot(JsonFields frame, JsonFields msg, long received, EventSink out)
            throws MalformedFrameException {
        long sid = frame.integerFrom("sid", 0);
        long seq = frame.integerFrom("seq", 0);
        String ticker = msg.ticker("market_ticker");
        BookSnapshot snapshot = MarketFrames.snapshot(msg, keys.of(ticker), seq, received);
        Subscription subscription = subscriptions.of(sid);
        subscriptions.consume(subscription, seq, received, out);
        subscription.live(snapshot.market());
        out.on(snapshot);
    }

    /** The answer to {@code update_subscription} names the whole set of markets; that to {@code list_subscriptions} has no sid. */
    private void onOk(JsonFields frame, @Nullable JsonFields msg, long received, EventSink out)
            throws MalformedFrameException {
        if (!frame.has("sid")) {
            return;
        }
        boolean namesMarkets = msg != null && msg.isArray("market_tickers");
        List<MarketKey> markets = new ArrayList<>();
        if (msg != null && namesMarkets) {
            for (String ticker : msg.tickers("market_tickers")) {
                markets.add(keys.of(ticker));
            }
        }
        Subscription subscription = consume(frame, received, out);
        boolean isBook = subscription != null && subscription.channel().equals(Subscriptions.BOOK_CHANNEL);
        if (subscription != null
                && namesMarkets
                && (isBook || !subscription.markets().isEmpty())) {
            subscriptions.markets(subscription, markets, received, out);
        }
    }

    private void onUnsubscribed(JsonFields frame, long received, EventSink out) throws MalformedFrameException {
        Subscription subscription = consume(frame, received, out);
        if (subscription != null) {
            subscriptions.end(subscription, Damage.DISCONNECTED, received, out);
        }
    }

    private void onError(JsonFields frame, JsonFields msg, long received, EventSink out)
            throws MalformedFrameException {
        long sid = msg.has("sid") ? msg.integer("sid") : frame.integerOr("sid", 0);
        StreamError error = new StreamError(
                frame.integerOr("id", 0),
                msg.smallIntOr("code", 0),
                msg.textOr("msg", ""),
                sid,
                msg.textOr("market_ticker", ""));
        if (frame.has("seq")) {
            consume(frame, received, out);
        }
        errorFrames++;
        if (errors.size() == MAX_ERRORS_KEPT) {
            errors.removeFirst();
        }
        errors.addLast(error);
        if (error.endsSubscription()) {
            Damage damage = error.isOverrun() ? Damage.OVERRUN : Damage.DISCONNECTED;
            Subscription ended = subscriptions.find(sid);
            if (ended == null) {
                // Which one it was is not said: no book can be relied upon.
                subscriptions.endBooks(damage, received, out);
            } else {
                subscriptions.end(ended, damage, received, out);
            }
        }
    }

    /** So that nothing can be malformed any more once a frame has begun to take effect. */
    private void checkNumbers(JsonFields frame) throws MalformedFrameException {
        if (frame.has("sid")) {
            long sid = frame.integerFrom("sid", 0);
            if (frame.has("seq")) {
                frame.integerFrom("seq", 0);
                subscriptions.checkRoom(sid);
            }
        }
    }

    /** Takes note of the number of a frame that has one; null if the frame names no subscription. */
    private @Nullable Subscription consume(JsonFields frame, long received, EventSink out)
            throws MalformedFrameException {
        if (!frame.has("sid")) {
            return null;
        }
        long sid = frame.integerFrom("sid", 0);
        if (!frame.has("seq")) {
            return subscriptions.find(sid);
        }
        long seq = frame.integerFrom("seq", 0);
        Subscription subscription = subscriptions.of(sid);
        subscriptions.consume(subscription, seq, received, out);
        return subscription;
    }

    private static JsonFields needed(String type, @Nullable JsonFields msg) throws MalformedFrameException {
        if (msg == null) {
            throw new MalformedFrameException("\"msg\" is missing from a frame of type " + type);
        }
        return msg;
    }

    /** The books that cannot be continued and have not been asked for yet; each is named once until it is damaged again. */
    public List<Resync> takeResyncs() {
        return subscriptions.takeResyncs();
    }

    /** How many books wait for a snapshot after damage, asked for or not. */
    public int damagedBooks() {
        return subscriptions.damagedBooks();
    }

    /** A book was found to be wrong (crossed, a negative level): drop its deltas until a new snapshot, and ask for that. */
    public void distrust(MarketKey market) {
        subscriptions.distrust(market);
    }

    /** The latest errors that Kalshi sent and nobody has taken yet, oldest first, at most 64. */
    public List<StreamError> takeErrors() {
        List<StreamError> taken = List.copyOf(errors);
        errors.clear();
        return taken;
    }

    public MarketCatalogue catalogue() {
        return catalogue;
    }

    /** Book increments read, dropped ones included. */
    public long deltas() {
        return deltas;
    }

    /** Those that were not of the ordinary form; many of them mean that Kalshi changed something. */
    public long slowDeltas() {
        return slowDeltas;
    }

    /** Those that came while their book had no snapshot to add them to. */
    public long droppedDeltas() {
        return droppedDeltas;
    }

    public long sequenceGaps() {
        return subscriptions.gaps();
    }

    public long unknownFrames() {
        return unknownFrames;
    }

    public long unknownFields() {
        return unknownFields;
    }

    public long errorFrames() {
        return errorFrames;
    }

    /** Results other than yes and no. */
    public long undecidedResults() {
        return lifecycle.undecided();
    }
}
