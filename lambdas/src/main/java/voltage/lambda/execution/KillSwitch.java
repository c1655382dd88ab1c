package voltage.lambda.execution;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import voltage.lambda.execution.Exchange.CancelOutcome;
import voltage.lambda.execution.Exchange.OrderView;
import voltage.order.Command;
import voltage.order.CommandQueue;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.Ledger;
import voltage.order.LedgerConflictException;

/**
 * Emergency stop of a lane, and the one exception to the single writer; it writes no ledger. First the fence rises and the lane is
 * halted, by one conditional write, so that the executor sends nothing more. Then the exchange itself is asked to cancel everything,
 * which waits for no queue, and beside that to close the lane's order group, which stops the one entry that may be on the wire. Then a
 * reconcile command goes on the queue, which keeps the books and takes down what rests after all.
 *
 * <p>Each step is taken whatever became of the others: a ledger that does not answer holds the cancelling up for
 * {@link Settings#fencePatienceNanos()} and no longer. Pulling it twice does no harm. Needs no worker and no executor.
 */
public final class KillSwitch {
    private static final Logger LOG = LoggerFactory.getLogger(KillSwitch.class);
    private static final long SECOND_NANOS = 1_000_000_000L;

    /**
     * Its bounds.
     *
     * @param fenceAttempts writes of the fence that may lose against other writers
     * @param fencePatienceNanos how long cancelling waits for the fence
     * @param fenceNanos how long the fence is waited for in all, and the order group
     * @param sweepNanos how long it makes sure that nothing rests
     * @param pauseNanos between two looks at the exchange
     */
    public record Settings(
            int fenceAttempts, long fencePatienceNanos, long fenceNanos, long sweepNanos, long pauseNanos) {
        public static final Settings DEFAULT =
                new Settings(10, SECOND_NANOS, 20 * SECOND_NANOS, 10 * SECOND_NANOS, 100_000_000L);
    }

    /** Where it acts. The exchange should have a rate budget of its own: an operator's, not the executor's. */
    public record Ports(Ledger ledger, Exchange exchange, CommandQueue queue) {}

    /**
     * What became of a step.
     *
     * @param isDone whether it certainly had its effect
     * @param text what happened, for the operator
     * @param afterNanos how long after the start it was through
     */
    public record Step(boolean isDone, String text, long afterNanos) {}

    /**
     * What became of the stop.
     *
     * @param fenceEpoch the fence as it is now; empty if it could not be raised
     * @param group the exchange's own limit, closed: no entry of the lane is taken until a resume opens it
     * @param cancelSentNanos how long after the start the exchange had been asked to cancel
     * @param reconcileId the command to follow; empty if the queue did not take it
     */
    public record Result(
            Step fence,
            Optional<Long> fenceEpoch,
            Step group,
            Step cancel,
            long cancelSentNanos,
            Step reconcile,
            Optional<String> reconcileId) {
        public boolean isDone() {
            return fence.isDone() && group.isDone() && cancel.isDone() && reconcile.isDone();
        }
    }

    private final Lane lane;
    private final Ports ports;
    private final LongSupplier clock;
    private final Pause pause;
    private final Executor runner;
    private final Settings settings;
    private long startNanos;
    private long cancelSentNanos;
    /** How long after the start the fence was up. */
    private volatile long fenceNanos;

    /**
     * @param clock epoch nanoseconds UTC
     * @param runner runs the write of the fence: a thread, so that a ledger that hangs does not hold up the rest; or the caller itself in
     *     a simulation
     */
    public KillSwitch(Lane lane, Ports ports, LongSupplier clock, Pause pause, Executor runner, Settings settings) {
        this.lane = lane;
        this.ports = ports;
        this.clock = clock;
        this.pause = pause;
        this.runner = runner;
        this.settings = settings;
    }

    /** Stops the lane; never throws for what a port does. */
    public Result pull(String reason) {
        startNanos = clock.getAsLong();
        cancelSentNanos = -1;
        LOG.warn("emergency stop of lane {}: {}", lane.label(), reason);
        CompletableFuture<LaneState> raising = CompletableFuture.supplyAsync(this::raiseFence, runner);
        boolean isFenceFirst = isUp(raising, settings.fencePatienceNanos());
        OrderGroupStop group =
                new OrderGroupStop(ports.exchange(), pause, settings.pauseNanos(), this::sinceStart, runner);
        Step cancel = sweep();
        if (!isFenceFirst && isUp(raising, settings.fenceNanos())) {
            // Orders may have gone out until the fence was up.
            cancel = sweep();
        }
        Step fence = fence(raising);
        Optional<Long> epoch = fence.isDone() ? Optional.of(raising.join().fenceEpoch()) : Optional.empty();
        String id = "v-" + lane.label() + "-op-halt-" + startNanos;
        Step reconcile = reconcile(id, raising, fence.isDone());
        return new Result(
                fence,
                epoch,
                group.await(settings.fenceNanos()),
                cancel,
                cancelSentNanos,
                reconcile,
                reconcile.isDone() ? Optional.of(id) : Optional.empty());
    }

    private LaneState raiseFence() {
        for (int i = 1; ; i++) {
            LaneState state = ports.ledger().laneState(lane);
            LaneState next = state.halt();
            try {
                ports.ledger().changeLaneState(lane, next);
                fenceNanos = sinceStart();
                return next;
            } catch (LedgerConflictException e) {
                if (i >= settings.fenceAttempts()) {
                    throw e;
                }
                // Somebody else changed the state just now; the fence goes on top of theirs.
            }
        }
    }

    /** Whether the fence is up; one that is still being raised is waited for. */
    private boolean isUp(CompletableFuture<LaneState> raising, long atMostNanos) {
        try {
            LaneState state = raising.get(atMostNanos, TimeUnit.NANOSECONDS);
            assert state.halted();
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Step fence(CompletableFuture<LaneState> raising) {
        return switch (raising.state()) {
            case SUCCESS ->
                new Step(
                        true,
                        "halted; every command from before fence "
                                + raising.resultNow().fenceEpoch() + " is void",
                        fenceNanos);
            case FAILED -> notUp(raising.exceptionNow().toString());
            case RUNNING, CANCELLED -> notUp("the ledger did not answer in time");
        };
    }

    private Step notUp(String why) {
        return step(
                false,
                "THE FENCE IS NOT UP: " + why
                        + ". The executor may still send orders: stop it by hand, then halt again");
    }

    /** Cancels everything and looks until newer data show nothing that rests. */
    private Step sweep() {
        long deadline = clock.getAsLong() + settings.sweepNanos();
        boolean isAccepted = false;
        String why = "";
        for (int i = 0; i == 0 || clock.getAsLong() < deadline; i++) {
            if (i > 0) {
                pause.pause(settings.pauseNanos());
            }
            try {
                if (!isAccepted) {
                    CancelOutcome outcome = ports.exchange().cancelEverything();
                    why = problem(outcome);
                    isAccepted = why.isEmpty();
                    cancelSentNanos = isAccepted && cancelSentNanos < 0 ? sinceStart() : cancelSentNanos;
                }
                long cancelledNanos = ports.exchange().latestNowNanos();
                List<OrderView> resting = ports.exchange().resting();
                if (!isAccepted) {
                    // Without that right, one by one; what is listed may be old, but a cancel too many does no harm.
                    for (OrderView order : resting) {
                        why = problem(ports.exchange().cancel(order.ticker(), -1, order.orderId()));
                    }
                    cancelSentNanos = cancelSentNanos < 0 ? sinceStart() : cancelSentNanos;
                }
                if (awaitFresh(cancelledNanos, deadline)) {
                    List<OrderView> left = ports.exchange().resting();
                    if (left.isEmpty()) {
                        return step(
                                true,
                                isAccepted || !resting.isEmpty()
                                        ? "the exchange has cancelled everything; nothing rests"
                                        : "nothing rests");
                    }
                    why = left.size() + " orders still rest, the first is " + RestingOrders.text(left.getFirst());
                    isAccepted = false;
                }
            } catch (RuntimeException e) {
                why = String.valueOf(e.getMessage());
            }
        }
        return step(
                false,
                (isAccepted
                                ? "the exchange was asked to cancel everything, but it is not seen that nothing rests: "
                                : "")
                        + "CANCELLING IS NOT CERTAIN: " + (why.isEmpty() ? "the data stay old" : why)
                        + ". Look at the exchange's own screen and cancel there, then halt again");
    }

    /** What resting orders are concluded from must be newer than the cancel. */
    private boolean awaitFresh(long nanos, long deadline) {
        while (ports.exchange().userDataNanos() < nanos) {
            if (clock.getAsLong() >= deadline) {
                return false;
            }
            pause.pause(settings.pauseNanos());
        }
        return true;
    }

    private static String problem(CancelOutcome outcome) {
        return switch (outcome) {
            case CancelOutcome.Cancelled cancelled -> "";
            case CancelOutcome.NotFound notFound -> "";
            case CancelOutcome.Rejected rejected -> "the exchange refused: " + rejected.detail();
            case CancelOutcome.Unknown unknown -> "the answer was lost: " + unknown.cause();
            case CancelOutcome.NotAuthorised no -> "the exchange does not accept the key: " + no.detail();
        };
    }

    private Step reconcile(String id, CompletableFuture<LaneState> raising, boolean isFenced) {
        long fence = isFenced ? raising.join().fenceEpoch() : 0;
        try {
            ports.queue()
                    .send(new Command.Reconcile(
                            Command.Header.withoutLease(id, lane, startNanos, Long.MAX_VALUE, fence), false));
            return step(true, "reconcile command " + id + " is on the queue");
        } catch (RuntimeException e) {
            return step(
                    false,
                    "NO RECONCILE COMMAND: " + e.getMessage() + ". Once the queue is back: ./voltage reconcile --lane "
                            + lane.label());
        }
    }

    private Step step(boolean isDone, String text) {
        return new Step(isDone, text, sinceStart());
    }

    private long sinceStart() {
        return clock.getAsLong() - startNanos;
    }
}
