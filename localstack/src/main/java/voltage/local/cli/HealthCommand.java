package voltage.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import voltage.forecast.monitor.HealthReport;
import voltage.forecast.monitor.SignalHealth;

@Command(
        name = "health",
        description = {
            "Says whether the forecasts of past runs still are what they were: calibration, information, wins, Sharpe ratio, and the",
            "difference to the market's price, over the latest four weeks of resolved markets. Reads journals, changes nothing.",
            "Exit 4 if a finding says that entries should stop."
        })
final class HealthCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "folder of a demo, a replay or paper trading; may be given several times")
    private List<Path> folders = List.of();

    @Option(names = "--json", description = "one JSON object")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        SignalHealth health = new SignalHealth();
        PastRun.of(folders).markets().forEach(health::add);
        HealthReport report = health.report();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(LaneOptions.JSON.writeValueAsString(json(report)));
        } else {
            print(report, out);
        }
        return report.shouldStop() ? ExitCode.REFUSED : ExitCode.OK;
    }

    private static void print(HealthReport report, PrintWriter out) {
        out.printf(
                "%d resolved markets%s%n",
                report.markets(), report.markets() == 0 ? "" : ", the latest closed " + at(report.toNanos()));
        for (HealthReport.Line line : report.lines()) {
            out.printf(
                    Locale.ROOT,
                    "  %-50s %9s  %-14s n %-6d %s%n",
                    line.name(),
                    number(line.value()),
                    Double.isNaN(line.threshold()) ? "" : "limit " + number(line.threshold()),
                    line.n(),
                    line.note());
        }
        report.findings().forEach(finding -> out.printf("%s: %s%n", finding.severity(), finding.words()));
        if (report.findings().isEmpty()) {
            out.println("nothing found that chance would not explain");
        }
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }

    private static ObjectNode json(HealthReport report) {
        ObjectNode body = LaneOptions.JSON
                .createObjectNode()
                .put("markets", report.markets())
                .put("to", report.markets() == 0 ? null : at(report.toNanos()))
                .put("shouldStop", report.shouldStop());
        report.versions().forEach(body.putArray("models")::add);
        var lines = body.putArray("lines");
        for (HealthReport.Line line : report.lines()) {
            ObjectNode node = lines.addObject().put("name", line.name());
            put(node, "value", line.value());
            put(node, "threshold", line.threshold());
            node.put("n", line.n()).put("note", line.note());
        }
        var findings = body.putArray("findings");
        report.findings().forEach(finding -> {
            ObjectNode node = findings.addObject()
                    .put("severity", finding.severity().name())
                    .put("check", finding.check().name());
            put(node, "value", finding.value());
            put(node, "threshold", finding.threshold());
            node.put("n", finding.n()).put("words", finding.words());
        });
        return body;
    }

    /** JSON knows no NaN. */
    private static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }

    private static String at(long nanos) {
        return Instant.ofEpochSecond(0, nanos).toString();
    }
}
