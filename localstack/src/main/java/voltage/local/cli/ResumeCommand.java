package voltage.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import voltage.local.lane.LaneAccess;
import voltage.order.Command;
import voltage.order.CommandRecord;
import voltage.order.ExecutionReport;
import voltage.order.LaneState;
import voltage.order.Reconciliation;

@picocli.CommandLine.Command(
        name = "resume",
        description = {
            "Ends a halt, if a reconciliation made for it leaves nothing unexplained. The fence stays: what was decided before the halt is"
                    + " void for ever.",
            "Exit 0: resumed; 4: refused, and why; 5: the exchange gave no answer."
        })
final class ResumeCommand implements Callable<Integer> {
    @Mixin
    private LaneOptions options = new LaneOptions();

    @Override
    public Integer call() throws JsonProcessingException {
        try (LaneAccess access = options.open()) {
            boolean wasHalted = access.ledger().laneState(access.lane()).halted();
            Command command = new Command.Reconcile(access.header("resume"), true);
            access.queue().send(command);
            CommandRecord end = options.follow(access, command.id());
            Optional<Reconciliation> result = ReconciliationText.of(end);
            Optional<ExecutionReport.Refused> refusal = LaneOptions.refusal(end);
            LaneState state = access.ledger().laneState(access.lane());
            result.ifPresent(found -> ReconciliationText.print(found, options));
            int code = refusal.map(refused -> LaneOptions.exitCode(refused.reason()))
                    .orElse(ExitCode.OK);
            String lane = access.lane().label();
            options.say(refusal.map(refused -> "refused, " + refused.reason() + ": " + refused.detail()
                            + ". Next: ./voltage reconcile --lane " + lane)
                    .orElse((wasHalted ? "resumed" : "it was not halted; ledger and exchange agree") + ". Lane " + lane
                            + ": " + LaneOptions.words(state)
                            + (state.paused()
                                    ? ". Entries wait for ./voltage unpause --lane " + lane + " --yes"
                                    : "")));
            if (options.isJson()) {
                ObjectNode body = options.body(access).put("resumed", refusal.isEmpty());
                body.set("state", LaneOptions.json(state));
                refusal.ifPresent(refused -> body.put("refused", refused.reason() + ": " + refused.detail()));
                result.ifPresent(found -> body.set("reconciliation", ReconciliationText.json(found)));
                options.print(body.put("exit_code", code));
            }
            return code;
        }
    }
}
