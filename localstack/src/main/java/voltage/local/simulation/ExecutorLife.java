package voltage.local.simulation;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import voltage.kalshi.rest.HttpTransport.HttpRequest;
import voltage.kalshi.rest.HttpTransport.HttpResponse;
import voltage.kalshi.rest.KalshiClient;
import voltage.kalshi.rest.RateBudget;
import voltage.lambda.execution.ExecutionHandler;
import voltage.lambda.execution.Executor;
import voltage.lambda.execution.ExecutorSettings;
import voltage.lambda.execution.KalshiExchange;
import voltage.lambda.execution.SqsQueueCare;
import voltage.local.play.VirtualTime;
import voltage.local.simulation.cloud.CloudOperation;
import voltage.local.simulation.cloud.ProcessDeath;
import voltage.local.simulation.cloud.Verdict;
import voltage.market.FeeSchedule;
import voltage.order.ExecutionReport;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.ReportQueue;
import voltage.risk.RiskLimits;
import voltage.store.json.AccountJson;
import voltage.store.queue.SqsReportQueue;

/** One process of the executor, from its cold start to its death, with the real handler, executor, adapter and client. */
final class ExecutorLife {
    private static final long ONE_WAY = 11 * World.MILLI;
    private static final long CLIENT_PATIENCE = 3 * World.SECOND;

    private final World world;
    private final Wire wire;
    private final String keyId;
    private final Runnable endIfLate;
    private final Consumer<ExecutionReport> reports;
    private final ReportQueue reportQueue;
    private final ExecutionHandler handler;
    private boolean isDead;
    private long restartNanos = World.SECOND;

    /** The lane's state as this life has read it last. */
    @Nullable
    LaneState seen;

    /**
     * @param endIfLate throws when the invocation has taken all its time
     * @param reports hears of each report that is on its queue
     */
    ExecutorLife(
            World world, Wire wire, String keyId, long number, Runnable endIfLate, Consumer<ExecutionReport> reports) {
        this.world = world;
        this.wire = wire;
        this.keyId = keyId;
        this.endIfLate = endIfLate;
        this.reports = reports;
        SqsClient sqs = world.cloud.sqs(this::verdict);
        reportQueue = new SqsReportQueue(sqs, World.RESOURCES, 0);
        InstantSource clock = () -> VirtualTime.instantOf(world.laneNanos());
        KalshiClient client = new KalshiClient(
                Wire.endpoints().kalshiRest(),
                Optional.empty(),
                this::send,
                clock,
                new RateBudget(RateBudget.Settings.BASIC, clock),
                this::pause,
                new Random(number));
        handler = new ExecutionHandler(
                AccountJson::command,
                new Executor(
                        World.LANE,
                        new FaultyLedger(world, this),
                        new KalshiExchange(client, World.SHARD),
                        this::report,
                        world::laneNanos,
                        this::pause,
                        RiskLimits.DEFAULT,
                        FeeSchedule.QUADRATIC,
                        ExecutorSettings.DEFAULT),
                new SqsQueueCare(sqs, World.RESOURCES, World.LANE));
    }

    ExecutionHandler handler() {
        return handler;
    }

    /** How long after this death the next life begins. */
    long restartNanos() {
        return restartNanos;
    }

    ProcessDeath killedBy(FaultKind kind) {
        PlannedFault fault = world.board.take(kind);
        isDead = true;
        restartNanos = fault == null ? World.SECOND : fault.lastsNanos();
        return new ProcessDeath(kind.words());
    }

    void mustLive() {
        if (isDead) {
            throw new ProcessDeath("the executor has been ended");
        }
        try {
            endIfLate.run();
        } catch (ProcessDeath death) {
            isDead = true;
            world.log.add(() -> "the executor is ended: " + death.getMessage());
            throw death;
        }
    }

    /** What becomes of a call to the queues. */
    private Verdict verdict(CloudOperation operation, String queue) {
        mustLive();
        world.operations++;
        if (operation == CloudOperation.SEND_MESSAGE) {
            if (world.board.waits(FaultKind.EXECUTOR_KILLED_REPORTING)) {
                throw killedBy(FaultKind.EXECUTOR_KILLED_REPORTING);
            }
            PlannedFault late = world.board.take(FaultKind.REPORT_DELAYED);
            if (late != null) {
                return new Verdict.Delayed(late.lastsNanos());
            }
        }
        return Verdict.PASS;
    }

    private void report(Lane lane, List<ExecutionReport> sent) {
        reportQueue.send(lane, sent);
        sent.forEach(reports);
    }

    private void pause(long nanos) {
        mustLive();
        world.pause(nanos);
        mustLive();
    }

    private HttpResponse send(HttpRequest request) throws IOException {
        mustLive();
        world.operations++;
        world.rules.requestSent(request, seen);
        long signedNanos = world.laneNanos();
        boolean isWrite = !request.method().equals("GET");
        boolean isOrder = isWrite && request.uri().getPath().endsWith("/portfolio/events/orders");
        FaultBoard board = world.board;
        long sentNanos = world.now();
        if (board.waits(FaultKind.EXECUTOR_KILLED_SENDING) && isWrite) {
            ProcessDeath death = killedBy(FaultKind.EXECUTOR_KILLED_SENDING);
            world.time.plan(ONE_WAY, () -> arriveUnheard(request, signedNanos));
            throw death;
        }
        if (board.take(FaultKind.REQUEST_LOST) != null) {
            throw noAnswer(request, sentNanos);
        }
        PlannedFault overtaken = isWrite ? board.take(FaultKind.REQUEST_OVERTAKEN) : null;
        PlannedFault late = overtaken != null ? overtaken : board.take(FaultKind.REQUEST_DELAYED);
        long way = ONE_WAY + (late == null ? 0 : late.lastsNanos());
        if (way >= CLIENT_PATIENCE) {
            world.time.plan(way, () -> arriveUnheard(request, signedNanos));
            throw noAnswer(request, sentNanos);
        }
        // It arrives when it arrives, whatever becomes of its sender meanwhile.
        Arrival arrival = new Arrival(request, signedNanos, isWrite, isOrder);
        world.time.plan(way, arrival);
        pause(way);
        HttpResponse answer = arrival.answer;
        if (answer == null) {
            throw noAnswer(request, sentNanos);
        }
        PlannedFault slow = board.take(FaultKind.ANSWER_DELAYED);
        if (slow != null && slow.lastsNanos() + world.now() - sentNanos >= CLIENT_PATIENCE) {
            throw noAnswer(request, sentNanos);
        }
        pause(ONE_WAY + (slow == null ? 0 : slow.lastsNanos()));
        HttpResponse heard = answer;
        world.log.add(() -> request.method() + " " + request.uri().getRawPath() + " -> " + heard.status()
                + (isWrite || heard.status() >= 300
                        ? " " + new String(heard.body(), java.nio.charset.StandardCharsets.UTF_8)
                        : ""));
        return heard;
    }

    /** A request at the exchange, or at what stands in front of it. */
    private final class Arrival implements Runnable {
        private final HttpRequest request;
        private final long signedNanos;
        private final boolean isWrite;
        private final boolean isOrder;
        /** Null if there is none, or if it gets lost. */
        private @Nullable HttpResponse answer;

        Arrival(HttpRequest request, long signedNanos, boolean isWrite, boolean isOrder) {
            this.request = request;
            this.signedNanos = signedNanos;
            this.isWrite = isWrite;
            this.isOrder = isOrder;
        }

        @Override
        public void run() {
            FaultBoard board = world.board;
            answer = Answers.insteadOf(board, isWrite);
            if (answer != null) {
                return;
            }
            answer = wire.exchange(request, keyId, signedNanos);
            if (isOrder && board.take(FaultKind.ANSWERED_409_EXISTS) != null) {
                answer = wire.exchange(request, keyId, signedNanos);
            } else if (board.take(FaultKind.REQUEST_DUPLICATED) != null) {
                arriveUnheard(request, signedNanos);
            }
            if (isOrder && board.take(FaultKind.ORDER_ANSWER_LOST) != null
                    || board.take(FaultKind.ANSWER_LOST) != null) {
                answer = null;
                return;
            }
            HttpResponse other = Answers.after(board);
            answer = other == null ? answer : other;
        }
    }

    /** The client gives up when its patience is over. */
    private IOException noAnswer(HttpRequest request, long sentNanos) {
        pause(Math.max(0, sentNanos + CLIENT_PATIENCE - world.now()));
        world.log.add(() -> request.method() + " " + request.uri().getRawPath() + " -> no answer");
        return new HttpTimeoutException("no answer from " + request);
    }

    private void arriveUnheard(HttpRequest request, long signedNanos) {
        HttpResponse ignored = wire.exchange(request, keyId, signedNanos);
        world.log.add(() -> request.method() + " " + request.uri().getRawPath() + " arrives unheard: "
                + (ignored == null ? "nothing" : ignored.status()));
    }
}
