package voltage.local.simulation;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voltage.local.simulation.cloud.ProcessDeath;
import voltage.order.Command;
import voltage.order.ExecutionReport;
import voltage.store.json.AccountJson;

/**
 * The event source mapping and the Lambda behind it: batches from the queue to one executor at a time, a new process after each death,
 * and now and then two at once, when a message's visibility has expired too early.
 */
final class ExecutorHost {
    private static final int BATCH = 10;
    private static final long COMMAND_NANOS = 28 * World.MILLI;
    private static final long REPORT_NANOS = 20 * World.MILLI;

    private final World world;
    private final Wire wire;
    private final String keyId;
    private final Consumer<byte[]> reports;
    private @Nullable ExecutorLife life;
    private long lives;
    private long restartNanos;
    private int running;
    private long deaths;

    /** @param reports takes them when they arrive */
    ExecutorHost(World world, Wire wire, String keyId, Consumer<byte[]> reports) {
        this.world = world;
        this.wire = wire;
        this.keyId = keyId;
        this.reports = reports;
    }

    /** A command is put on the queue. */
    void send(Command command) {
        world.operations++;
        world.orders.send(command.id(), AccountJson.write(command));
        world.time.plan(COMMAND_NANOS, this::pump);
    }

    void sendPoison() {
        world.orders.send("poison-" + world.now(), "{\"this\":\"is no command\"}".getBytes(StandardCharsets.UTF_8));
        world.time.plan(COMMAND_NANOS, this::pump);
    }

    /** The idle process is taken away: what comes next begins with a cold start. */
    void recycle() {
        if (running == 0) {
            life = null;
        }
    }

    boolean isBusy() {
        return running > 0;
    }

    long deaths() {
        return deaths;
    }

    /** A message becomes visible again while it is carried out, and somebody else takes it. */
    void overlap() {
        if (running == 1 && world.orders.isInFlight() && world.board.take(FaultKind.VISIBILITY_EXPIRED) != null) {
            world.orders.visibleAfter(0);
            invoke(newLife());
        }
    }

    private ExecutorLife newLife() {
        lives++;
        world.log.add(() -> "executor " + lives + " starts");
        return new ExecutorLife(world, wire, keyId, lives, this::report);
    }

    private void pump() {
        if (running > 0) {
            return;
        }
        if (world.now() < restartNanos) {
            world.time.plan(restartNanos - world.now(), this::pump);
            return;
        }
        ExecutorLife current = life;
        if (current == null || current.isDead()) {
            current = newLife();
            life = current;
        }
        invoke(current);
        long next = world.orders.receivableNanos();
        if (next != Long.MAX_VALUE) {
            world.time.plan(Math.max(0, next - world.now()), this::pump);
        }
    }

    private void invoke(ExecutorLife current) {
        List<FifoQueue.Message> batch = world.orders.receive(BATCH);
        if (batch.isEmpty()) {
            return;
        }
        running++;
        current.begins();
        try {
            SQSBatchResponse response = current.handler().handleRequest(event(batch), NoContext.INSTANCE);
            current.mustLive();
            done(batch, response);
        } catch (Death | ProcessDeath death) {
            deaths++;
            current.kill();
            restartNanos = world.now() + current.restartNanos;
            world.log.add(() -> "the executor dies: " + death.getMessage());
        } finally {
            current.ends();
            running--;
        }
    }

    private static SQSEvent event(List<FifoQueue.Message> batch) {
        List<SQSEvent.SQSMessage> messages = new ArrayList<>();
        for (FifoQueue.Message message : batch) {
            SQSEvent.SQSMessage carried = new SQSEvent.SQSMessage();
            carried.setMessageId(Long.toString(message.number()));
            carried.setBody(new String(message.body(), StandardCharsets.UTF_8));
            messages.add(carried);
        }
        SQSEvent event = new SQSEvent();
        event.setRecords(messages);
        return event;
    }

    private void done(List<FifoQueue.Message> batch, SQSBatchResponse response) {
        PlannedFault again = world.board.take(FaultKind.QUEUE_REDELIVERED);
        if (again != null) {
            world.orders.visibleAfter(again.lastsNanos());
            return;
        }
        Set<String> failed = new HashSet<>();
        response.getBatchItemFailures().forEach(failure -> failed.add(failure.getItemIdentifier()));
        for (FifoQueue.Message message : batch) {
            if (!failed.contains(Long.toString(message.number()))) {
                world.orders.delete(message);
            }
        }
    }

    private void report(ExecutorLife from, ExecutionReport report) {
        byte[] body = AccountJson.write(report);
        world.observation.bytes(body);
        PlannedFault late = world.board.take(FaultKind.REPORT_DELAYED);
        world.time.plan(REPORT_NANOS + (late == null ? 0 : late.lastsNanos()), () -> reports.accept(body));
        if (world.board.take(FaultKind.REPORT_DUPLICATED) != null) {
            world.time.plan(2 * REPORT_NANOS, () -> reports.accept(body));
        }
    }
}
