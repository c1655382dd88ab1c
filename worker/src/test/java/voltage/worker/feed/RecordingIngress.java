package voltage.worker.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import voltage.market.Feed;

/** Keeps what came as lines, and checks that frames come only between connected and disconnected. */
final class RecordingIngress implements Ingress {
    final List<String> lines = new ArrayList<>();
    private final Set<Feed> up = EnumSet.noneOf(Feed.class);

    @Override
    public void connected(Feed feed) {
        if (!up.add(feed)) {
            throw new AssertionError(feed + " connected twice");
        }
        lines.add(feed + " up");
    }

    @Override
    public void disconnected(Feed feed, String reason) {
        if (!up.remove(feed)) {
            throw new AssertionError(feed + " disconnected without being connected");
        }
        lines.add(feed + " down");
    }

    @Override
    public void frame(Feed feed, byte[] bytes, int from, int to) {
        if (!up.contains(feed)) {
            throw new AssertionError(feed + " had a frame without being connected");
        }
        lines.add(feed + " " + new String(bytes, from, to - from, UTF_8));
    }
}
