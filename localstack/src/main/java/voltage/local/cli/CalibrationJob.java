package voltage.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import voltage.forecast.monitor.HealthFinding;
import voltage.forecast.monitor.HealthReport;
import voltage.forecast.monitor.ResolvedMarket;
import voltage.forecast.monitor.SignalHealth;
import voltage.local.lane.LaneAccess;
import voltage.order.Command.SwitchLane;

/**
 * Judges each day whether a lane's forecasts still hold, and keeps what it found. If entries should stop, it stops them: it sends a pause,
 * which only makes risk smaller and which a person ends.
 */
final class CalibrationJob {
    private static final String KIND = "calibration";
    private static final Duration PAUSED_WITHIN = Duration.ofSeconds(120);

    private final LaneAccess access;
    private final Consumer<String> tell;

    /** @param tell told in words what is done */
    CalibrationJob(LaneAccess access, Consumer<String> tell) {
        this.access = access;
        this.tell = tell;
    }

    /**
     * What was found.
     *
     * @param body of the report, with its {@code day}
     * @param isNew false if the day was judged before
     */
    record Judged(ObjectNode body, boolean isNew) {
        boolean shouldStop() {
            return body.path("shouldStop").booleanValue();
        }
    }

    /**
     * Judges what was resolved before the day of {@code when} began.
     *
     * @param markets of the lane's past, read only if the day is not judged yet
     */
    Judged run(Supplier<List<ResolvedMarket>> markets, Instant when) throws JsonProcessingException {
        LocalDate today = LocalDate.ofInstant(when, ZoneOffset.UTC);
        LocalDate day = today.minusDays(1);
        Optional<byte[]> said = access.reports().find(access.lane(), KIND, day);
        if (said.isPresent()) {
            tell.accept("nothing to do: " + day + " was judged already");
            return new Judged(parsed(said.get()), false);
        }
        long midnight =
                LaneAccess.nanos(() -> today.atStartOfDay(ZoneOffset.UTC).toInstant());
        SignalHealth health = new SignalHealth();
        markets.get().stream().filter(market -> market.closeNanos() <= midnight).forEach(health::add);
        HealthReport report = health.report();
        HealthText.lines(report).forEach(tell);
        ObjectNode body = HealthText.json(report).put("day", day.toString());
        // Last, and only with the pause in force: a day without its report is judged again, and a second pause does no
        // harm.
        if (!report.shouldStop() || isPaused(report)) {
            byte[] json = LaneOptions.JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
            access.reports().write(access.lane(), KIND, day, json);
        }
        return new Judged(body, true);
    }

    private boolean isPaused(HealthReport report) {
        String why = report.findings().stream()
                .filter(finding -> finding.severity() == HealthFinding.Severity.STOP)
                .map(HealthFinding::words)
                .collect(Collectors.joining("; "));
        SwitchLane command = SwitchLane.pausing(access.header("pause"), true, "forecasts do not hold: " + why);
        access.queue().send(command);
        boolean isDone =
                access.follow(command.id(), PAUSED_WITHIN, waiting -> {}).isPresent();
        tell.accept("lane " + access.lane().label()
                + (isDone ? " is paused" : " is NOT paused yet: the command waits on its queue; run this job again")
                + ". Next: read the lines above, then ./voltage models rollback and ./voltage unpause. While the markets"
                + " that say so are among the latest four weeks, each day's judgement pauses it again");
        return isDone;
    }

    private static ObjectNode parsed(byte[] json) {
        try {
            return (ObjectNode) LaneOptions.JSON.readTree(json);
        } catch (IOException e) {
            throw new Refusal(ExitCode.FAILURE, "a day's report cannot be read: " + e.getMessage() + "; remove it", e);
        }
    }
}
