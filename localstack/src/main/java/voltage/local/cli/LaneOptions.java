package voltage.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import voltage.local.lane.LaneAccess;
import voltage.local.lane.LaneUnavailableException;
import voltage.order.CommandRecord;
import voltage.order.ExecutionReport;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.RefusalReason;

/** What all commands to a lane have in common: which lane, where, and how they speak. */
final class LaneOptions {
    static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Spec(Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--lane", required = true, paramLabel = "LANE", description = "replay, paper, canary or live")
    private String lane = "";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "the folder that the lane's stack was started with; runs/LANE by default. With VOLTAGE_STAGE and"
                            + " AWS_REGION set, and without this, the lane is at AWS")
    private @Nullable Path out;

    @Option(names = "--json", description = "one JSON object")
    private boolean json;

    @Option(names = "--wait", paramLabel = "SECONDS", description = "for the lane's executor; 120 by default")
    private int waitSeconds = 120;

    Lane lane() {
        return Arrays.stream(Lane.values())
                .filter(known -> known.label().equals(lane))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--lane is one of "
                                + Arrays.stream(Lane.values()).map(Lane::label).collect(Collectors.joining(", "))
                                + "; it was \"" + lane + "\""));
    }

    boolean isJson() {
        return json;
    }

    Map<String, String> environment() {
        return System.getenv();
    }

    /** The folder that the lane runs in on this machine. */
    Path folder() {
        return out == null ? Path.of("runs", lane().label()) : out;
    }

    /** The journal of a run: of the named folder, else of the lane's own. */
    Path journal(@Nullable Path run) {
        Path folder = run != null ? run : folder();
        Path journal = folder.resolve("journal");
        if (!Files.isDirectory(journal)) {
            throw new Refusal(
                    ExitCode.CONFIGURATION,
                    "there is no journal in \"" + folder + "\"; name the folder of a run with --journal");
        }
        return journal;
    }

    /** Opens the lane, or ends the command with the reason why it is not there. */
    LaneAccess open() {
        try {
            return openOrThrow();
        } catch (LaneUnavailableException e) {
            throw new Refusal(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()), e);
        }
    }

    LaneAccess openOrThrow() {
        Lane known = lane();
        Map<String, String> environment = environment();
        boolean isAtAws =
                out == null && environment.containsKey("VOLTAGE_STAGE") && environment.containsKey("AWS_REGION");
        Optional<Path> folder = isAtAws ? Optional.empty() : Optional.of(folder());
        return LaneAccess.open(known, folder, environment);
    }

    /** Says something to a person; silent with {@code --json}. */
    void say(String text) {
        if (!json) {
            terminal().println(text);
        }
    }

    void print(ObjectNode body) throws JsonProcessingException {
        terminal().println(JSON.writeValueAsString(body));
    }

    PrintWriter terminal() {
        return spec.commandLine().getOut();
    }

    /** Where the lane's cloud is, in words. */
    static String where(LaneAccess access) {
        return switch (access.place()) {
            case RUNNING -> "running";
            case STARTED_HERE -> "not running, its executor was started for this command";
            case AWS -> "at AWS";
        };
    }

    /** The command's end. */
    CommandRecord follow(LaneAccess access, String commandId) {
        Optional<CommandRecord> end = access.follow(
                commandId,
                Duration.ofSeconds(waitSeconds),
                waiting -> say("  waiting; " + waiting + " commands on the lane's queue"));
        return end.orElseThrow(() -> new Refusal(
                ExitCode.FAILURE,
                "command " + commandId + " has not been carried out within " + waitSeconds + " s; it stays on the queue"
                        + " (" + access.waiting() + " there). Is the lane's executor alive? A message of a process that"
                        + " was killed comes back after 60 s: try again then, or wait longer with --wait"));
    }

    /** Why a command was refused, if it was. */
    static Optional<ExecutionReport.Refused> refusal(CommandRecord record) {
        return record.reports().stream()
                .filter(ExecutionReport.Refused.class::isInstance)
                .map(ExecutionReport.Refused.class::cast)
                .filter(refused -> refused.commandId().equals(record.command().id()))
                .reduce((first, last) -> last);
    }

    /** What the process ends with for a refusal. */
    static int exitCode(RefusalReason reason) {
        return reason == RefusalReason.NOT_YET ? ExitCode.VENUE_UNREACHABLE : ExitCode.REFUSED;
    }

    /** The lane's switches, in words. */
    static String words(LaneState state) {
        return (state.armed() ? "armed" : "not armed") + (state.paused() ? ", paused" : "")
                + (state.halted() ? ", HALTED" : "") + ", fence " + state.fenceEpoch();
    }

    static ObjectNode json(LaneState state) {
        return JSON.createObjectNode()
                .put("armed", state.armed())
                .put("paused", state.paused())
                .put("halted", state.halted())
                .put("fence_epoch", state.fenceEpoch())
                .put("lease_epoch", state.leaseEpoch());
    }

    ObjectNode body(LaneAccess access) {
        return JSON.createObjectNode()
                .put("lane", access.lane().label())
                .put("place", access.place().name().toLowerCase(Locale.ROOT));
    }
}
