package voltage.local.cloud;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.CreateQueueData;
import org.elasticmq.QueueData;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.msg.CreateQueue;
import org.elasticmq.msg.RestoreMessages;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.rest.sqs.TheSQSRestServerBuilder;
import org.elasticmq.util.NowProvider;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;
import scala.util.Either;

/** SQS by ElasticMQ on a loopback port; with a log of its own for what must survive this process. */
final class LocalQueues implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final ActorSystem actors;
    private final SQSRestServer server;
    private final URI endpoint;

    private LocalQueues(ActorSystem actors, SQSRestServer server, URI endpoint) {
        this.actors = actors;
        this.server = server;
        this.endpoint = endpoint;
    }

    static LocalQueues start(Optional<Path> log) {
        Config config =
                ConfigFactory.parseString("""
                        pekko {
                          daemonic = on
                          loggers = ["org.apache.pekko.event.slf4j.Slf4jLogger"]
                          logging-filter = "org.apache.pekko.event.slf4j.Slf4jLoggingFilter"
                          loglevel = "WARNING"
                          stdout-loglevel = "OFF"
                          jvm-shutdown-hooks = off
                          coordinated-shutdown.run-by-jvm-shutdown-hook = off
                          actor.default-dispatcher.fork-join-executor { parallelism-min = 2, parallelism-max = 4 }
                        }
                        """).withFallback(ConfigFactory.load(LocalQueues.class.getClassLoader()));
        ActorSystem actors = ActorSystem.create("embedded-sqs", config, LocalQueues.class.getClassLoader());
        try {
            Optional<QueueLog> restored = log.map(QueueLog::open);
            Option<ActorRef> listener = restored.isPresent()
                    ? Option.apply(actors.actorOf(QueueLogActor.props(restored.get())))
                    : Option.empty();
            ActorRef manager = actors.actorOf(Props.create(
                    QueueManagerActor.class,
                    () -> new QueueManagerActor(new NowProvider(), StrictSQSLimits$.MODULE$, listener)));
            if (restored.isPresent()) {
                restore(manager, restored.get());
            }
            TheSQSRestServerBuilder builder = SQSRestServerBuilder.withActorSystem(actors)
                    .withQueueManagerActor(manager)
                    .withInterface("127.0.0.1")
                    .withDynamicPort()
                    .withAWSRegion("us-east-2");
            if (listener.isDefined()) {
                builder = builder.withQueueEventListener(listener.get());
            }
            SQSRestServer server = builder.start();
            int port = server.waitUntilStarted().localAddress().getPort();
            return new LocalQueues(actors, server, URI.create("http://127.0.0.1:" + port));
        } catch (RuntimeException e) {
            actors.terminate();
            throw e;
        }
    }

    URI endpoint() {
        return endpoint;
    }

    private static void restore(ActorRef manager, QueueLog log) {
        for (QueueData queue : log.queues()) {
            CreateQueueData data = new CreateQueueData(
                    queue.name(),
                    Option.apply(queue.defaultVisibilityTimeout()),
                    Option.apply(queue.delay()),
                    Option.apply(queue.receiveMessageWait()),
                    Option.apply(queue.created()),
                    Option.apply(queue.lastModified()),
                    queue.deadLettersQueue(),
                    queue.isFifo(),
                    queue.hasContentBasedDeduplication(),
                    queue.copyMessagesTo(),
                    queue.moveMessagesTo(),
                    queue.tags());
            Object answer = await(Patterns.ask(manager, new CreateQueue(data), TIMEOUT));
            if (!(answer instanceof Either<?, ?> either) || either.isLeft()) {
                throw new IllegalStateException("queue " + queue.name() + " could not be restored: " + answer);
            }
            ActorRef actor = (ActorRef) either.toOption().get();
            var messages =
                    CollectionConverters.asScala(log.messages(queue.name())).toList();
            await(Patterns.ask(actor, new RestoreMessages(messages), TIMEOUT));
        }
    }

    private static Object await(CompletionStage<Object> stage) {
        try {
            return stage.toCompletableFuture().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the queues could not be restored: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the queues were restored", e);
        }
    }

    @Override
    public void close() {
        server.stopAndGetFuture();
        actors.terminate();
        try {
            actors.getWhenTerminated().toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the embedded queues did not stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
