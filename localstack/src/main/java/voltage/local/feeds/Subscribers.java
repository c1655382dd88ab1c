package voltage.local.feeds;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A venue's open connections, in the order in which they came. */
final class Subscribers {
    private final List<Subscriber> all = new ArrayList<>();

    void add(Subscriber subscriber) {
        all.add(subscriber);
    }

    void remove(Subscriber subscriber) {
        all.remove(subscriber);
    }

    /** Sends a frame to those who subscribed. */
    void send(String subscription, String frame) {
        for (Subscriber subscriber : all) {
            if (subscriber.has(subscription)) {
                subscriber.send(frame);
            }
        }
    }

    boolean anyHas(String subscription) {
        for (Subscriber subscriber : all) {
            if (subscriber.has(subscription)) {
                return true;
            }
        }
        return false;
    }

    void forEach(Consumer<Subscriber> action) {
        List.copyOf(all).forEach(action);
    }

    long nextHeartbeatNanos() {
        long next = FeedVenue.NEVER;
        for (Subscriber subscriber : all) {
            next = Math.min(next, subscriber.nextHeartbeatNanos());
        }
        return next;
    }
}
