package voltage.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import voltage.local.lane.LaneAccess;
import voltage.store.backup.Backup;
import voltage.store.backup.BrokenBackupException;
import voltage.store.backup.Shelf;

@Command(
        name = "run-job",
        description = {
            "Runs one of the scheduled jobs now, as its schedule would. A job that has been done for its period is not done again.",
            "  backup       all tables into the stage's bucket, read back; 7 days near, 30 days far. Daily at 03:30 UTC",
            "  calibration  whether the lane's forecasts still held up to the day before; pauses the lane if not. Daily at 00:20 UTC.",
            "               Exit 4 if entries should stop"
        })
final class RunJobCommand implements Callable<Integer> {
    /** What is scheduled. */
    private enum Job {
        BACKUP,
        CALIBRATION;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Mixin
    private LaneOptions options = new LaneOptions();

    @Parameters(paramLabel = "NAME", description = "${COMPLETION-CANDIDATES}")
    private Job job = Job.BACKUP;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "as if it were then, for example 2026-11-22T03:30:00Z; now by default")
    private @Nullable Instant at;

    @Override
    public Integer call() throws JsonProcessingException {
        Instant now = Instant.now();
        Instant when = at == null ? now : at;
        if (when.isAfter(now)) {
            throw new Refusal(ExitCode.USAGE, "--at has not come yet, was " + when);
        }
        if (job == Job.BACKUP && !day(when).equals(day(now))) {
            throw new Refusal(
                    ExitCode.USAGE, "a backup is of the tables as they are now, so --at is of today, was " + when);
        }
        try (LaneAccess access = options.open()) {
            options.say(
                    job + " of " + when + ", lane " + access.lane().label() + " (" + LaneOptions.where(access) + ")");
            return switch (job) {
                case BACKUP -> backup(access, when);
                case CALIBRATION -> calibration(access, when);
            };
        }
    }

    private int backup(LaneAccess access, Instant when) throws JsonProcessingException {
        Backup backup = access.backup(options::say);
        try {
            Backup.Result result = backup.run(when);
            options.say(String.format(
                    Locale.ROOT,
                    "%s: %,d items in %d tables; kept near %s, far %s%s",
                    result.isNew() ? "backed up" : "nothing to do",
                    result.manifest().items(),
                    result.manifest().tables().size(),
                    backup.days(Shelf.NEAR),
                    backup.days(Shelf.FAR),
                    result.removed().isEmpty() ? "" : "; removed " + result.removed()));
            options.say("next: ./voltage restore-drill --lane " + access.lane().label());
            if (options.isJson()) {
                options.print(json(options.body(access), result));
            }
            return ExitCode.OK;
        } catch (BrokenBackupException e) {
            throw new Refusal(ExitCode.FAILURE, String.valueOf(e.getMessage()), e);
        }
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private int calibration(LaneAccess access, Instant when) throws JsonProcessingException {
        if (access.place() == LaneAccess.Place.AWS) {
            throw new Refusal(
                    ExitCode.CONFIGURATION,
                    "a lane's past is read from the folder that it runs in on this machine; name it with --out");
        }
        CalibrationJob.Judged judged = new CalibrationJob(access, options::say)
                .run(() -> PastRun.of(List.of(options.folder())).markets(), when);
        if (options.isJson()) {
            options.print(judged.body().put("new", judged.isNew()));
        }
        return judged.shouldStop() ? ExitCode.REFUSED : ExitCode.OK;
    }

    private static ObjectNode json(ObjectNode body, Backup.Result result) {
        body.put("job", Job.BACKUP.toString())
                .put("day", result.manifest().day())
                .put("new", result.isNew())
                .put("items", result.manifest().items());
        ArrayNode removed = body.putArray("removed");
        result.removed().forEach(removed::add);
        return body;
    }
}
