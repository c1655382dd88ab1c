package voltage.local.cloud;

import java.io.IOException;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.Status;
import org.elasticmq.actor.queue.OperationSuccessful$;
import org.elasticmq.actor.queue.QueueEvent;
import org.elasticmq.actor.queue.QueueEventWithOperationStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears of every change of a queue before the client gets its answer, and writes it down first. */
final class QueueLogActor extends AbstractActor {
    private static final Logger LOG = LoggerFactory.getLogger(QueueLogActor.class);
    private static final IOException UNWRITTEN = new IOException("the queues' log could not be written");

    private final QueueLog log;

    QueueLogActor(QueueLog log) {
        this.log = log;
    }

    static Props props(QueueLog log) {
        return Props.create(QueueLogActor.class, () -> new QueueLogActor(log));
    }

    @Override
    public Receive createReceive() {
        return receiveBuilder()
                .match(QueueEventWithOperationStatus.class, event -> {
                    Object answer = isWritten((QueueEvent) event)
                            ? OperationSuccessful$.MODULE$
                            : new Status.Failure(UNWRITTEN);
                    getSender().tell(answer, getSelf());
                })
                .match(QueueEvent.class, this::isWritten)
                .build();
    }

    /** An exception out of here would start this actor anew and close the log for all that comes after it. */
    private boolean isWritten(QueueEvent event) {
        try {
            log.append(event);
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.error("a change of queue {} is not on the disk and is lost if this process ends now", event, e);
            return false;
        }
    }

    @Override
    public void postStop() {
        log.close();
    }
}
