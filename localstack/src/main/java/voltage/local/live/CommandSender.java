package voltage.local.live;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
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
    private final ArrayBlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread thread;
    private volatile boolean isStopping;

    CommandSender(CommandPublisher publisher, Inbox inbox) {
        this.publisher = publisher;
        this.inbox = inbox;
        thread = Thread.ofPlatform().name("command-publisher").daemon(true).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Returns at once. */
    void send(Command command, LaneState state) {
        if (isStopping || !waiting.offer(new Waiting(command, state))) {
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

    private void run() {
        try {
            while (!isStopping || !waiting.isEmpty()) {
                Waiting next = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (next != null) {
                    send(next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
        isStopping = true;
        try {
            if (!thread.join(Duration.ofSeconds(2))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
