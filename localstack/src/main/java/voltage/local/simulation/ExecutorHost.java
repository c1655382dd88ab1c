package voltage.local.simulation;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import voltage.lambda.execution.ExecutionHandler;
import voltage.local.lambda.FifoLambdaPump;
import voltage.local.simulation.cloud.CloudFaults;
import voltage.local.simulation.cloud.CloudOperation;
import voltage.local.simulation.cloud.Fault;
import voltage.local.simulation.cloud.Verdict;
import voltage.local.simulation.cloud.VirtualPump;
import voltage.order.CommandQueue;
import voltage.order.ExecutionReport;
import voltage.store.queue.SqsCommandQueue;

/**
 * The lane's queue with its event source mapping and the Lambda behind it: batches to one executor at a time, a new process after each
 * death, and now and then two at once, when a message's visibility has expired too early.
 */
final class ExecutorHost {
    private static final long COMMAND_NANOS = 28 * World.MILLI;

    private final World world;
    private final Wire wire;
    private final String keyId;
    private final Consumer<ExecutionReport> reports;
    private final String queueName = World.RESOURCES.orders(World.LANE).name();
    private final SqsClient raw;
    private final String queueUrl;
    private final Environment first;
    private final Environment second;
    private long lives;
    private long restartNanos;
    private int running;

    /** @param reports hears of each report that an executor has put on its queue */
    ExecutorHost(World world, Wire wire, String keyId, Consumer<ExecutionReport> reports) {
        this.world = world;
        this.wire = wire;
        this.keyId = keyId;
        this.reports = reports;
        raw = world.cloud.sqs(CloudFaults.NONE);
        queueUrl = raw.getQueueUrl(request -> request.queueName(queueName)).queueUrl();
        first = new Environment();
        second = new Environment();
    }

    /** Where one process of the function lives, and the next after it. */
    private final class Environment {
        private final VirtualPump pump = new VirtualPump(
                world.cloud.sqs(ExecutorHost.this::mapping),
                this::born,
                FifoLambdaPump.Options.of("execution", queueUrl),
                world::now);
        private @Nullable ExecutorLife life;

        private ExecutionHandler born() {
            lives++;
            world.log.add(() -> "executor " + lives + " starts");
            ExecutorLife born = new ExecutorLife(world, wire, keyId, lives, pump::killIfLate, reports);
            life = born;
            return born.handler();
        }

        private void step() {
            running++;
            long deathsBefore = pump.deaths();
            boolean any = pump.step();
            running--;
            ExecutorLife ended = life;
            if (any && pump.deaths() > deathsBefore && ended != null) {
                world.log.add(() -> "the executor has died");
                restartNanos = world.now() + ended.restartNanos();
            }
        }
    }

    /** What becomes of the event source mapping's own calls. */
    private Verdict mapping(CloudOperation operation, String queue) {
        return operation == CloudOperation.DELETE_MESSAGE_BATCH && world.board.take(FaultKind.QUEUE_REDELIVERED) != null
                ? Verdict.of(Fault.DELETE_LOST)
                : Verdict.PASS;
    }

    /** The lane's queue as one process reaches it. */
    CommandQueue queue(CloudFaults faults) {
        CommandQueue inner = new SqsCommandQueue(world.cloud.sqs(faults), World.RESOURCES);
        return command -> {
            world.operations++;
            world.time.plan(COMMAND_NANOS, this::invoke);
            inner.send(command);
        };
    }

    void sendPoison() {
        var unused = raw.sendMessage(request -> request.queueUrl(queueUrl)
                .messageGroupId(World.LANE.label())
                .messageDeduplicationId("poison-" + world.now())
                .messageBody("{\"this\":\"is no command\"}"));
        world.time.plan(COMMAND_NANOS, this::invoke);
    }

    /** The idle process is taken away: what comes next begins with a cold start. */
    void recycle() {
        if (running == 0) {
            first.pump.recycle();
        }
    }

    boolean isBusy() {
        return running > 0;
    }

    long deaths() {
        return first.pump.deaths() + second.pump.deaths();
    }

    /** A message becomes visible again while it is carried out, and somebody else takes it. */
    void overlap() {
        if (running == 1
                && world.cloud.nextReceivableNanos(queueName) > world.now()
                && world.board.take(FaultKind.VISIBILITY_EXPIRED) != null) {
            world.cloud.expireVisibility(queueName);
            second.step();
            second.pump.recycle();
        }
    }

    /** Carries out what can be received, as long as there is something. */
    private void invoke() {
        if (running > 0) {
            return;
        }
        if (world.now() < restartNanos) {
            world.time.plan(restartNanos - world.now(), this::invoke);
            return;
        }
        first.step();
        long next = world.cloud.nextReceivableNanos(queueName);
        if (next != Long.MAX_VALUE) {
            world.time.plan(Math.max(0, next - world.now()), this::invoke);
        }
    }
}
