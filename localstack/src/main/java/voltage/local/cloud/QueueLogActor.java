package voltage.local.cloud;

import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.Props;
import org.elasticmq.actor.queue.OperationSuccessful$;
import org.elasticmq.actor.queue.QueueEvent;
import org.elasticmq.actor.queue.QueueEventWithOperationStatus;

/** Hears of every change of a queue before the client gets its answer, and writes it down first. */
final class QueueLogActor extends AbstractActor {
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
                    log.append((QueueEvent) event);
                    getSender().tell(OperationSuccessful$.MODULE$, getSelf());
                })
                .match(QueueEvent.class, log::append)
                .build();
    }

    @Override
    public void postStop() {
        log.close();
    }
}
