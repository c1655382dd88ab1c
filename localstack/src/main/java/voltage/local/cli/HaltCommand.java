package voltage.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import voltage.lambda.execution.KillSwitch;
import voltage.local.lane.EmergencyPorts;
import voltage.local.lane.LaneAccess;
import voltage.local.lane.LaneUnavailableException;
import voltage.order.CommandRecord;
import voltage.order.ExecutionReport;
import voltage.order.Lane;
import voltage.order.Reconciliation;

@Command(
        name = "halt",
        description = {
            "Emergency stop: 1. raises the lane's fence, which voids every command on the queue, 2. has the exchange close the lane's"
                    + " order group and cancel everything, 3. reconciles. Works without the worker; each step is taken even if another fails.",
            "Exit 0: all three done and the books agree; 5: the exchange is not known to have cancelled; 1: anything else."
        })
final class HaltCommand implements Callable<Integer> {
    @Mixin
    private LaneOptions options = new LaneOptions();

    @Option(names = "--reason", paramLabel = "TEXT", description = "for the log")
    private String reason = "by the operator";

    @Override
    public Integer call() throws JsonProcessingException {
        Lane lane = options.lane();
        @Nullable LaneAccess access = null;
        String problem = "";
        try {
            access = options.openOrThrow();
        } catch (LaneUnavailableException e) {
            problem = String.valueOf(e.getMessage());
        }
        try {
            return halt(lane, access, problem);
        } finally {
            if (access != null) {
                access.close();
            }
        }
    }

    private int halt(Lane lane, @Nullable LaneAccess access, String problem) throws JsonProcessingException {
        KillSwitch.Ports ports;
        try {
            ports = access == null
                    ? EmergencyPorts.ofExchangeAlone(lane, options.environment(), problem)
                    : new KillSwitch.Ports(access.ledger(), access.exchange(), access.queue());
        } catch (LaneUnavailableException e) {
            throw new Refusal(ExitCode.CONFIGURATION, problem, e);
        }
        InstantSource clock = InstantSource.system();
        Executor thread = task -> Thread.ofPlatform().name("fence").daemon(true).start(task);
        KillSwitch.Result stop = new KillSwitch(
                        lane,
                        ports,
                        () -> LaneAccess.nanos(clock),
                        HaltCommand::pause,
                        thread,
                        KillSwitch.Settings.DEFAULT)
                .pull(reason);
        options.say("halt of lane " + lane.label() + (access == null ? "" : " (" + LaneOptions.where(access) + ")")
                + ", " + reason);
        say("1 fence", stop.fence());
        say("2 group", stop.group());
        say("2 cancel", stop.cancel());
        say("3 reconcile", stop.reconcile());
        Optional<Reconciliation> result = follow(access, stop);
        int code = code(stop, result);
        options.say(
                code == ExitCode.OK
                        ? "halted. Positions are still held: ./voltage flatten --lane " + lane.label()
                                + " closes them. To trade again: ./voltage resume --lane " + lane.label()
                        : "NOT EVERYTHING IS DONE: see above; halting again does no harm");
        if (options.isJson()) {
            ObjectNode body = LaneOptions.JSON.createObjectNode().put("lane", lane.label());
            body.set("fence", json(stop.fence()).put("epoch", stop.fenceEpoch().orElse(-1L)));
            body.set("group", json(stop.group()));
            body.set("cancel", json(stop.cancel()).put("sent_after_ms", stop.cancelSentNanos() / 1_000_000));
            body.set("reconcile", json(stop.reconcile()));
            result.ifPresent(found -> body.set("reconciliation", ReconciliationText.json(found)));
            options.print(body.put("exit_code", code));
        }
        return code;
    }

    private Optional<Reconciliation> follow(@Nullable LaneAccess access, KillSwitch.Result stop) {
        if (access == null || stop.reconcileId().isEmpty()) {
            return Optional.empty();
        }
        try {
            CommandRecord end = options.follow(access, stop.reconcileId().get());
            Optional<Reconciliation> result = ReconciliationText.of(end);
            result.ifPresent(found -> {
                ReconciliationText.print(found, options);
                options.say("  " + ReconciliationText.conclusion(found));
            });
            Optional<ExecutionReport.Refused> refusal = LaneOptions.refusal(end);
            refusal.ifPresent(
                    refused -> options.say("  not reconciled, " + refused.reason() + ": " + refused.detail()));
            return result;
        } catch (RuntimeException e) {
            options.say("  not known: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static int code(KillSwitch.Result stop, Optional<Reconciliation> result) {
        if (!stop.cancel().isDone()) {
            return ExitCode.VENUE_UNREACHABLE;
        }
        return stop.isDone() && result.isPresent() && result.get().isClean() ? ExitCode.OK : ExitCode.FAILURE;
    }

    private void say(String name, KillSwitch.Step step) {
        options.say(String.format(
                Locale.ROOT,
                "  %-12s %-5s %6d ms  %s",
                name,
                step.isDone() ? "ok" : "FAIL",
                step.afterNanos() / 1_000_000,
                step.text()));
    }

    private static ObjectNode json(KillSwitch.Step step) {
        return LaneOptions.JSON
                .createObjectNode()
                .put("done", step.isDone())
                .put("text", step.text())
                .put("after_ms", step.afterNanos() / 1_000_000);
    }

    private static void pause(long nanos) {
        long untilNanos = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = untilNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
