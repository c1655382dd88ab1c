package voltage.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import voltage.local.lane.LaneAccess;
import voltage.order.Command.Header;
import voltage.order.Command.SwitchLane;
import voltage.order.CommandRecord;
import voltage.order.ExecutionReport;
import voltage.order.Lane;
import voltage.order.LaneState;

/** Pausing and arming: what makes risk smaller takes one step, what makes it greater two. */
abstract class SwitchCommand implements Callable<Integer> {
    @Mixin
    private LaneOptions options = new LaneOptions();

    @Option(names = "--reason", paramLabel = "TEXT", description = "for the log")
    private String reason = "by the operator";

    /** Names the one switch that is meant; the other may be changed by somebody else meanwhile. */
    abstract SwitchLane command(Header header, String why);

    abstract String name();

    /** Whether the operator has said it twice, if it must be. */
    boolean isConfirmed() {
        return true;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        try (LaneAccess access = options.open()) {
            LaneState before = access.ledger().laneState(access.lane());
            if (!isConfirmed()) {
                options.say("lane " + access.lane().label() + " is " + LaneOptions.words(before)
                        + "; nothing was done. To " + name() + " it, say so once more with --yes");
                return ExitCode.REFUSED;
            }
            requireConfiguration(access.lane());
            SwitchLane command = command(access.header(name()), reason);
            access.queue().send(command);
            CommandRecord end = options.follow(access, command.id());
            LaneState after = access.ledger().laneState(access.lane());
            Optional<ExecutionReport.Refused> refusal = LaneOptions.refusal(end);
            int code = refusal.map(refused -> LaneOptions.exitCode(refused.reason()))
                    .orElse(ExitCode.OK);
            options.say(refusal.map(refused -> "refused, " + refused.reason() + ": " + refused.detail() + ". ")
                            .orElse("")
                    + "lane " + access.lane().label() + " was " + LaneOptions.words(before) + " and is "
                    + LaneOptions.words(after)
                    + (after.halted() ? ". Nothing is entered until ./voltage resume" : ""));
            if (options.isJson()) {
                ObjectNode body = options.body(access);
                body.set("before", LaneOptions.json(before));
                body.set("after", LaneOptions.json(after));
                options.print(body.put("exit_code", code));
            }
            return code;
        }
    }

    void requireConfiguration(Lane lane) {}

    @Command(name = "pause", description = "No entries until unpaused; exits, cancels and reports run on.")
    static final class PauseCommand extends SwitchCommand {
        @Override
        SwitchLane command(Header header, String why) {
            return SwitchLane.pausing(header, true, why);
        }

        @Override
        String name() {
            return "pause";
        }
    }

    @Command(name = "unpause", description = "Lets a paused lane enter again; needs --yes.")
    static final class UnpauseCommand extends SwitchCommand {
        @Option(names = "--yes", description = "without it, nothing is done")
        private boolean yes;

        @Override
        boolean isConfirmed() {
            return yes;
        }

        @Override
        SwitchLane command(Header header, String why) {
            return SwitchLane.pausing(header, false, why);
        }

        @Override
        String name() {
            return "unpause";
        }
    }

    @Command(
            name = "arm",
            description =
                    "Lets the lane send entries; needs --yes, and for lane live VOLTAGE_LIVE_ARMED=yes in the environment.")
    static final class ArmCommand extends SwitchCommand {
        @Option(names = "--yes", description = "without it, nothing is done")
        private boolean yes;

        @Override
        boolean isConfirmed() {
            return yes;
        }

        @Override
        SwitchLane command(Header header, String why) {
            return SwitchLane.arming(header, true, why);
        }

        @Override
        String name() {
            return "arm";
        }

        @Override
        void requireConfiguration(Lane lane) {
            if (lane == Lane.LIVE && !"yes".equals(System.getenv("VOLTAGE_LIVE_ARMED"))) {
                throw new Refusal(
                        ExitCode.REFUSED,
                        "lane live is armed by configuration and by command: set VOLTAGE_LIVE_ARMED=yes, then arm again."
                                + " It can lose real money");
            }
        }
    }

    @Command(name = "disarm", description = "No entries until armed again; exits, cancels and reports run on.")
    static final class DisarmCommand extends SwitchCommand {
        @Override
        SwitchLane command(Header header, String why) {
            return SwitchLane.arming(header, false, why);
        }

        @Override
        String name() {
            return "disarm";
        }
    }
}
