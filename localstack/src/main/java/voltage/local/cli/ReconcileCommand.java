package voltage.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import voltage.local.lane.LaneAccess;
import voltage.order.Command;
import voltage.order.CommandRecord;
import voltage.order.ExecutionReport;
import voltage.order.Reconciliation;

@picocli.CommandLine.Command(
        name = "reconcile",
        description = {
            "Compares the lane's orders, fills, positions, settlements and cash with the exchange and books what is missing.",
            "Exit 0: they agree; 1: something is unexplained; 5: the exchange gave no answer."
        })
final class ReconcileCommand implements Callable<Integer> {
    @Mixin
    private LaneOptions options = new LaneOptions();

    @Option(
            names = "--proof",
            paramLabel = "DAY",
            description = "also prove that day, for example 2026-11-21 (UTC): cash flows by kind, and the balance")
    private @Nullable LocalDate proof;

    @Override
    public Integer call() throws JsonProcessingException {
        try (LaneAccess access = options.open()) {
            Command command = new Command.Reconcile(access.header("reconcile"));
            long began = System.nanoTime();
            access.queue().send(command);
            CommandRecord end = options.follow(access, command.id());
            Optional<Reconciliation> result = ReconciliationText.of(end);
            Optional<ExecutionReport.Refused> refusal = LaneOptions.refusal(end);
            options.say(String.format(
                    java.util.Locale.ROOT,
                    "lane %s (%s): reconciled in %.1f s",
                    access.lane().label(),
                    LaneOptions.where(access),
                    (System.nanoTime() - began) / 1e9));
            ObjectNode body = options.body(access).put("command", command.id());
            body.set("state", LaneOptions.json(access.ledger().laneState(access.lane())));
            int code = refusal.map(refused -> LaneOptions.exitCode(refused.reason()))
                    .orElse(result.isPresent() && result.get().isClean() ? ExitCode.OK : ExitCode.FAILURE);
            result.ifPresent(found -> {
                ReconciliationText.print(found, options);
                body.set("reconciliation", ReconciliationText.json(found));
            });
            LocalDate day = proof;
            if (day != null && result.isPresent()) {
                DayProof proven = DayProof.of(access, day, result.get());
                proven.print(options);
                body.set("proof", proven.json());
                code = proven.holds() ? code : Math.max(code, ExitCode.FAILURE);
            }
            result.ifPresent(found -> options.say(ReconciliationText.conclusion(found)));
            refusal.ifPresent(refused -> {
                options.say("not done, " + refused.reason() + ": " + refused.detail()
                        + ". What was booked stays booked; try again");
                body.put("refused", refused.reason() + ": " + refused.detail());
            });
            if (options.isJson()) {
                options.print(body.put("exit_code", code));
            }
            return code;
        }
    }
}
