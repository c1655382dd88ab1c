package voltage.forecast.monitor;

import java.util.List;

/**
 * How the forecasts do.
 *
 * @param markets resolved ones that it rests on
 * @param versions of models among them
 * @param toNanos close of the latest market; 0 if there is none
 * @param lines one a figure, in fixed order
 * @param findings the graver first
 */
public record HealthReport(
        int markets, List<String> versions, long toNanos, List<Line> lines, List<HealthFinding> findings) {
    /**
     * One figure.
     *
     * @param value NaN while it cannot be said
     * @param threshold that makes a finding of it; NaN if nothing does
     * @param n observations
     * @param note what else belongs to it
     */
    public record Line(String name, double value, double threshold, int n, String note) {}

    public HealthReport {
        versions = List.copyOf(versions);
        lines = List.copyOf(lines);
        findings = List.copyOf(findings);
    }

    /** Whether a finding says that entries should stop. */
    public boolean shouldStop() {
        return findings.stream().anyMatch(finding -> finding.severity() == HealthFinding.Severity.STOP);
    }
}
