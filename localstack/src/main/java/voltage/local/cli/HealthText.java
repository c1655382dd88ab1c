package voltage.local.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import voltage.forecast.monitor.HealthReport;

/** A health report for people and for scripts. */
final class HealthText {
    private HealthText() {}

    /** For a person. */
    static List<String> lines(HealthReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(report.markets() + " resolved markets"
                + (report.markets() == 0 ? "" : ", the latest closed " + at(report.toNanos())));
        for (HealthReport.Line line : report.lines()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-50s %9s  %-14s n %-6d %s",
                    line.name(),
                    number(line.value()),
                    Double.isNaN(line.threshold()) ? "" : "limit " + number(line.threshold()),
                    line.n(),
                    line.note()));
        }
        report.findings().forEach(finding -> lines.add(finding.severity() + ": " + finding.words()));
        if (report.findings().isEmpty()) {
            lines.add("nothing found that chance would not explain");
        }
        return lines;
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }

    static ObjectNode json(HealthReport report) {
        ObjectNode body = LaneOptions.JSON
                .createObjectNode()
                .put("markets", report.markets())
                .put("to", report.markets() == 0 ? null : at(report.toNanos()))
                .put("shouldStop", report.shouldStop());
        report.versions().forEach(body.putArray("models")::add);
        var lines = body.putArray("lines");
        for (HealthReport.Line line : report.lines()) {
            ObjectNode node = lines.addObject().put("name", line.name());
            JsonFigures.put(node, "value", line.value());
            JsonFigures.put(node, "threshold", line.threshold());
            node.put("n", line.n()).put("note", line.note());
        }
        var findings = body.putArray("findings");
        report.findings().forEach(finding -> {
            ObjectNode node = findings.addObject()
                    .put("severity", finding.severity().name())
                    .put("check", finding.check().name());
            JsonFigures.put(node, "value", finding.value());
            JsonFigures.put(node, "threshold", finding.threshold());
            node.put("n", finding.n()).put("words", finding.words());
        });
        return body;
    }

    private static String at(long nanos) {
        return Instant.ofEpochSecond(0, nanos).toString();
    }
}
