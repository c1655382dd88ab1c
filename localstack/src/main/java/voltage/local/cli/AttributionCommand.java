package voltage.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import voltage.market.FixedPoint;
import voltage.research.attribution.Attribution;
import voltage.research.attribution.AttributionJson;
import voltage.research.attribution.AttributionText;
import voltage.research.attribution.EndedTrade;
import voltage.research.attribution.Flips;
import voltage.research.attribution.Period;

@Command(
        name = "attribution",
        description = {
            "Says where the profit of runs came from and what fees took of it: by conviction, session (Asia, London, US), regime, exit,",
            "side and forecaster, and which of these have flipped to losing. Reads journals, changes nothing. Days and weeks are UTC, weeks",
            "begin on Sunday, a trade belongs to the period in which it ended. Without --day or --week all of them."
        })
final class AttributionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--run",
            required = true,
            paramLabel = "DIR",
            description = "folder of a demo, a replay or paper trading; may be given several times")
    private List<Path> folders = List.of();

    @ArgGroup
    private @Nullable Chosen chosen;

    @Option(names = "--json", description = "one JSON object")
    private boolean json;

    /** One period instead of all. */
    static final class Chosen {
        @Option(names = "--day", paramLabel = "YYYY-MM-DD", description = "one day")
        private @Nullable LocalDate day;

        @Option(names = "--week", paramLabel = "YYYY-MM-DD", description = "the week that has this day")
        private @Nullable LocalDate week;

        private Period period() {
            LocalDate whole = week;
            if (whole != null) {
                return Period.of(Period.Kind.WEEK, whole);
            }
            if (day != null) {
                return Period.of(Period.Kind.DAY, day);
            }
            throw new IllegalStateException("a group has one of its options");
        }
    }

    @Override
    public Integer call() throws JsonProcessingException {
        PastRun run = PastRun.of(folders);
        List<EndedTrade> trades = run.trades().stream().map(EndedTrade::of).toList();
        List<List<Attribution>> histories = new ArrayList<>();
        Chosen one = chosen;
        if (one == null) {
            for (Period.Kind kind : Period.Kind.values()) {
                histories.addAll(upToEach(Attribution.history(kind, trades)));
            }
        } else {
            histories.add(upTo(one.period(), trades));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode body = json(histories).put("unrecorded", FixedPoint.format(run.unrecordedE6(), 6));
            out.println(LaneOptions.JSON.writeValueAsString(body));
        } else {
            print(histories, out);
            if (run.unrecordedE6() != 0) {
                out.println("the whole run made " + FixedPoint.format(run.unrecordedE6(), 6)
                        + " more (less, if below zero) in positions that no record tells of: entered in an earlier life of the"
                        + " worker, or touched by somebody else");
            }
        }
        return ExitCode.OK;
    }

    /** For each period in which a trade ended, the history that ends with it. */
    private static List<List<Attribution>> upToEach(List<Attribution> history) {
        List<List<Attribution>> histories = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i).all().trades() > 0) {
                histories.add(history.subList(0, i + 1));
            }
        }
        return histories;
    }

    /** A period after the last trade, or before the first, has nothing in it and no flips. */
    private static List<Attribution> upTo(Period period, List<EndedTrade> trades) {
        List<Attribution> history = Attribution.history(period.kind(), trades).stream()
                .filter(attribution -> attribution.period().compareTo(period) <= 0)
                .toList();
        boolean isThere = !history.isEmpty() && history.getLast().period().equals(period);
        return isThere ? history : List.of(Attribution.of(period, trades));
    }

    private static void print(List<List<Attribution>> histories, PrintWriter out) {
        if (histories.isEmpty()) {
            out.println("no trade has ended in this run");
        }
        for (List<Attribution> history : histories) {
            AttributionText.of(history.getLast()).forEach(out::println);
            AttributionText.of(Flips.of(history)).forEach(out::println);
            out.println();
        }
    }

    private static ObjectNode json(List<List<Attribution>> histories) {
        ObjectNode body = LaneOptions.JSON.createObjectNode();
        ArrayNode periods = body.putArray("attributions");
        ArrayNode flips = body.putArray("flips");
        for (List<Attribution> history : histories) {
            periods.add(AttributionJson.of(history.getLast()));
            flips.add(AttributionJson.of(Flips.of(history)));
        }
        return body;
    }
}
