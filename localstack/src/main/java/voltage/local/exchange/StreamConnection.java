package voltage.local.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One client's stream: its subscriptions and the way to it. */
final class StreamConnection {
    final Account account;
    private final ExchangeState state;
    private final StreamSink sink;
    private final Map<Subscription.Channel, Subscription> subscriptions = new LinkedHashMap<>();
    private long sids;
    private boolean open = true;

    StreamConnection(ExchangeState state, Account account, StreamSink sink) {
        this.state = state;
        this.account = account;
        this.sink = sink;
        planPing();
    }

    private void planPing() {
        state.schedule.at(state.nowNanos + state.settings.pingNanos(), () -> {
            if (open) {
                state.outbox.add(() -> sink.ping("heartbeat"));
                planPing();
            }
        });
    }

    @Nullable
    Subscription subscription(Subscription.Channel channel) {
        return subscriptions.get(channel);
    }

    @Nullable
    Subscription subscription(long sid) {
        for (Subscription subscription : subscriptions.values()) {
            if (subscription.sid == sid) {
                return subscription;
            }
        }
        return null;
    }

    List<Subscription> subscriptions() {
        return new ArrayList<>(subscriptions.values());
    }

    Subscription subscribe(Subscription.Channel channel, boolean yesPrice) {
        return subscriptions.computeIfAbsent(channel, key -> new Subscription(key, ++sids, yesPrice));
    }

    void unsubscribe(Subscription subscription) {
        subscriptions.remove(subscription.channel);
    }

    /** Sends a frame of a subscription, with its faults; a client that reads too slowly loses the subscription instead. */
    void data(Subscription subscription, Function<Subscription, String> frame) {
        if (!open || subscriptions.get(subscription.channel) != subscription) {
            return;
        }
        if (sink.pendingBytes() > state.settings.maxPendingBytes()) {
            unsubscribe(subscription);
            control(new JsonText()
                    .object()
                    .field("type", "error")
                    .field("sid", subscription.sid)
                    .object("msg")
                    .field("code", 25)
                    .field("msg", "Subscription buffer overflow")
                    .end()
                    .end());
            return;
        }
        if (subscription.channel.sequenced && state.faults.takeSkip()) {
            subscription.skipSequence();
        }
        String text = frame.apply(subscription) + "\n";
        for (int copies = state.faults.copies(); copies > 0; copies--) {
            state.outbox.add(() -> sink.text(text));
        }
    }

    /** Sends an answer to a command. */
    void control(JsonText frame) {
        String text = frame.toString() + "\n";
        if (open) {
            state.outbox.add(() -> sink.text(text));
        }
    }

    void disconnect(int code, String reason) {
        if (open) {
            closed();
            state.outbox.add(() -> sink.close(code, reason));
        }
    }

    void closed() {
        open = false;
        subscriptions.clear();
        state.hub.remove(this);
    }
}
