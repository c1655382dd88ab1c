package voltage.local.feeds;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import voltage.local.net.Handler;
import voltage.local.net.Outbound;
import voltage.local.net.Request;
import voltage.local.net.Stream;
import voltage.local.session.Session;
import voltage.local.session.SessionEvent;
import voltage.market.FrameDecoder;
import voltage.market.MalformedFrameException;
import voltage.market.MarketEvent;

/** A client of one feed server in memory, with a clock that it moves itself, which decodes what it is sent. */
final class FeedClient implements Outbound, InstantSource {
    final List<String> frames = new ArrayList<>();
    final List<MarketEvent> events = new ArrayList<>();
    final List<String> pings = new ArrayList<>();
    int closeCode;

    private final FrameDecoder decoder;
    private long nowNanos;

    FeedClient(FrameDecoder decoder, long nowNanos) {
        this.decoder = decoder;
        this.nowNanos = nowNanos;
    }

    Stream connect(FeedVenue venue, String path, String query) {
        decoder.connected(nowNanos, events::add);
        Handler.Upgrade upgrade = venue.webSocket(new Request("GET", path, query, Map.of(), new byte[0]), this);
        return ((Handler.Upgrade.Accepted) upgrade).stream();
    }

    String get(FeedVenue venue, String path, String query) {
        return new String(
                venue.http(new Request("GET", path, query, Map.of(), new byte[0]))
                        .body(),
                StandardCharsets.UTF_8);
    }

    /** Plays a session's events and everything that falls due, up to a time. */
    List<SessionEvent> play(Session.EventCursor cursor, FeedVenue venue, long untilNanos) {
        List<SessionEvent> played = new ArrayList<>();
        while (true) {
            SessionEvent event = cursor.peek();
            long eventNanos = event == null ? Long.MAX_VALUE : event.atNanos();
            long due = Math.min(eventNanos, venue.nextDueNanos());
            if (due > untilNanos) {
                nowNanos = untilNanos;
                return played;
            }
            nowNanos = Math.max(nowNanos, due);
            if (venue.nextDueNanos() <= eventNanos) {
                venue.advanceTo(due);
            } else {
                played.add(cursor.next());
                venue.apply(played.getLast());
            }
        }
    }

    <T> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochSecond(nowNanos / 1_000_000_000L, nowNanos % 1_000_000_000L);
    }

    @Override
    public void text(String text) {
        frames.add(text);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            decoder.frame(bytes, 0, bytes.length, nowNanos, events::add);
        } catch (MalformedFrameException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void ping(byte[] payload) {
        pings.add(new String(payload, StandardCharsets.US_ASCII));
    }

    @Override
    public void close(int code, String reason) {
        closeCode = code;
    }

    @Override
    public long pendingBytes() {
        return 0;
    }
}
