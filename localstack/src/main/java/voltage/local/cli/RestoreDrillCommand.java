package voltage.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import voltage.local.lane.LaneAccess;
import voltage.store.backup.BrokenBackupException;
import voltage.store.backup.RestoreDrill;
import voltage.store.backup.Shelf;

@Command(
        name = "restore-drill",
        description = {
            "Restores a backup into empty tables in this process's memory and compares each lane's ledger with the digest that was",
            "taken when it was backed up. Touches nothing of the lane. Exit 0: all agree; 1: they differ, or the backup is broken."
        })
final class RestoreDrillCommand implements Callable<Integer> {
    @Mixin
    private LaneOptions options = new LaneOptions();

    @Option(names = "--day", paramLabel = "DAY", description = "of the backup, UTC; the latest by default")
    private @Nullable LocalDate day;

    @Option(names = "--far", description = "from the shelf that is kept for 30 days")
    private boolean far;

    @Override
    public Integer call() throws JsonProcessingException {
        Shelf shelf = far ? Shelf.FAR : Shelf.NEAR;
        try (LaneAccess access = options.open()) {
            List<String> days = access.backup(options::say).days(shelf);
            if (days.isEmpty()) {
                throw new Refusal(
                        ExitCode.CONFIGURATION,
                        "there is no backup; make one: ./voltage run-job backup --lane "
                                + access.lane().label());
            }
            String wanted = day == null ? days.getLast() : day.toString();
            if (!days.contains(wanted)) {
                throw new Refusal(ExitCode.CONFIGURATION, "there is no backup of " + wanted + "; there are " + days);
            }
            options.say("restoring the backup of " + wanted + " into empty tables");
            long began = System.nanoTime();
            RestoreDrill.Result result = access.drill(shelf, wanted, options::say);
            double seconds = (System.nanoTime() - began) / 1e9;
            return print(access, result, seconds);
        } catch (BrokenBackupException e) {
            throw new Refusal(ExitCode.FAILURE, String.valueOf(e.getMessage()), e);
        }
    }

    private int print(LaneAccess access, RestoreDrill.Result result, double seconds) throws JsonProcessingException {
        ObjectNode body = options.body(access)
                .put("day", result.manifest().day())
                .put("items", result.manifest().items())
                .put("seconds", seconds)
                .put("holds", result.holds());
        ObjectNode ledgers = body.putObject("ledgers");
        result.books().forEach((lane, books) -> {
            options.say(String.format(
                    Locale.ROOT,
                    "  ledger of %s: %,d entries, %s",
                    lane,
                    books.backedUp().entries(),
                    books.agree()
                            ? "as they were, " + books.backedUp().sha256().substring(0, 16)
                            : "THEY DIFFER: " + books.backedUp().sha256() + " was backed up, "
                                    + books.restored().sha256() + " of "
                                    + books.restored().entries()
                                    + " entries came back"));
            ledgers.putObject(lane)
                    .put("entries", books.backedUp().entries())
                    .put("backedUp", books.backedUp().sha256())
                    .put("restored", books.restored().sha256())
                    .put("agree", books.agree());
        });
        if (result.manifest().ledgers().isEmpty()) {
            options.say("  no lane had booked anything: there is no ledger to compare");
        }
        options.say(String.format(
                Locale.ROOT,
                "%s: %,d items of %s restored in %.1f s",
                result.holds() ? "the drill holds" : "THE DRILL FAILS",
                result.manifest().items(),
                result.manifest().createdAt(),
                seconds));
        int code = result.holds() ? ExitCode.OK : ExitCode.FAILURE;
        if (options.isJson()) {
            options.print(body.put("exit_code", code));
        }
        return code;
    }
}
