package voltage.local.live;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import voltage.market.Feed;
import voltage.order.Command;
import voltage.order.ExecutionReport;
import voltage.order.LaneState;
import voltage.order.RefusalReason;
import voltage.store.json.AccountJson;
import voltage.worker.run.CommandPublisher;
import voltage.worker.run.Inbox;

/**
 * Sends commands on a thread of its own, so that a slow queue never holds the engine up. At most {@value #MOST_WAITING} wait: one more is
 * not sent and is reported as refused, which is the truth.
 */
final class CommandSender implements AutoCloseable {
    static final int MOST_WAITING = 64;

    private static final Logger LOG = LoggerFactory.getLogger(CommandSender.class);

    private record Waiting(Command command, LaneState state) {}

    private final CommandPublisher publisher;
    private final Inbox inbox;
    private final Outbox<Waiting> outbox = new Outbox<>("command-publisher", MOST_WAITING, this::send);

    CommandSender(CommandPublisher publisher, Inbox inbox) {
        this.publisher = publisher;
        this.inbox = inbox;
    }

    void start() {
        outbox.start();
    }

    /** Returns at once. */
    void send(Command command, LaneState state) {
        if (!outbox.offer(new Waiting(command, state))) {
            inbox.frame(
                    Feed.REPORTS,
                    AccountJson.write(new ExecutionReport.Refused(
                            command.id(),
                            command.market().orElse(""),
                            RefusalReason.LATE,
                            MOST_WAITING + " commands wait to be sent; this one was not sent",
                            0,
                            0)));
        }
    }

    private void send(Waiting next) {
        try {
            publisher.send(next.command(), next.state());
        } catch (RuntimeException e) {
            // It may have got there: the engine is told so and has it resolved.
            LOG.error("command {} could not be sent", next.command().id(), e);
            inbox.frame(
                    Feed.REPORTS,
                    AccountJson.write(new ExecutionReport.Unknown(
                            next.command().id(), next.command().market().orElse(""), "sending failed: " + e, 0, 0)));
        }
    }

    /** Sends what waits, for two seconds at most. */
    @Override
    public void close() {
        outbox.close();
    }
}
