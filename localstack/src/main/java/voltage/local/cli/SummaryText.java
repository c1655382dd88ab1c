package voltage.local.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import voltage.worker.pipeline.LatencyProbe;
import voltage.worker.report.RunSummary;

/** A summary as a person reads it. */
final class SummaryText {
    private SummaryText() {}

    static void print(RunSummary summary, PrintWriter out) {
        out.println();
        out.println(summary.source().toUpperCase(Locale.ROOT) + " session " + summary.session() + " · "
                + summary.command());
        out.printf(
                Locale.ROOT,
                "  %,d events, %,d decisions, %d intents, %d orders, %d fills, %d settlements, %s%n",
                summary.events(),
                summary.decisions(),
                summary.intents(),
                summary.orders(),
                summary.fills(),
                summary.settlements(),
                refused(summary.refused()));
        for (RunSummary.MarketLine market : summary.markets()) {
            out.printf(
                    Locale.ROOT,
                    "  %-26s settled %-4s official %-4s %3d fills  %s  fees %s%n",
                    market.ticker(),
                    market.result() == null ? "?" : market.result(),
                    market.officialResult() == null ? "?" : market.officialResult(),
                    market.fills(),
                    dollars(market.pnlE6()),
                    dollars(market.feesE6()));
        }
        out.println("  profit " + dollars(summary.pnlE6()) + " after fees of " + dollars(summary.feesE6()));
        out.println("  decided on the volatility of "
                + summary.forecasters().entrySet().stream()
                        .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                        .collect(Collectors.joining(", ")));
        Double brier = summary.brier().get("all");
        Double market = summary.brierMarket().get("all");
        if (brier != null && market != null) {
            out.printf(
                    Locale.ROOT,
                    "  Brier %.4f, market's price %.4f, at the same %d instants (far too few to prove an edge)%n",
                    brier,
                    market,
                    summary.brierInstants().getOrDefault("all", 0L));
        }
        latency(out, "frame to decision", summary.latency().frameToDecision());
        latency(
                out,
                "decision to order (" + summary.latency().decisionToOrderClock() + " clock)",
                summary.latency().decisionToOrder());
        if (summary.parseFailures() + summary.sequenceGaps() > 0) {
            out.println("  " + summary.parseFailures() + " frames could not be read, " + summary.sequenceGaps()
                    + " sequence gaps");
        }
        for (String missing : summary.missing()) {
            out.println("  missing: " + missing);
        }
        for (String alert : summary.alerts()) {
            out.println("  alert: " + alert);
        }
        out.println("  ledger " + dollars(summary.ledgerCashE6())
                + (summary.exchangeCashE6() == null ? "" : ", exchange " + dollars(summary.exchangeCashE6()))
                + books(summary));
        if (Boolean.FALSE.equals(summary.isReproducible())) {
            out.println("  THE JOURNAL GIVES OTHER DECISIONS THAN WERE MADE");
        }
        out.printf(
                Locale.ROOT,
                "  digest %s%s, %.1f s%n",
                summary.decisionDigest(),
                lives(summary),
                summary.elapsedSeconds());
    }

    private static String books(RunSummary summary) {
        if (!summary.wasAudited()) {
            return ": not audited, a journal has no exchange to ask"
                    + (summary.booksBalance() ? "" : "; RESULTS DIFFER FROM THE OFFICIAL ONES");
        }
        return ", orphans " + summary.orphans() + ", phantoms " + summary.phantoms() + ", duplicates "
                + summary.duplicates() + ": "
                + (summary.booksBalance() ? "the books balance" : "THE BOOKS DO NOT BALANCE");
    }

    /** {@code 3 refused (LATE 1, NOT_YET 2)}. */
    static String refused(Map<String, Long> byReason) {
        if (byReason.isEmpty()) {
            return "none refused";
        }
        long total = byReason.values().stream().mapToLong(Long::longValue).sum();
        return total + " refused ("
                + new TreeMap<>(byReason)
                        .entrySet().stream()
                                .map(entry -> entry.getKey() + " " + entry.getValue())
                                .collect(Collectors.joining(", "))
                + ")";
    }

    private static String lives(RunSummary summary) {
        return summary.starts() > 1 ? " over " + summary.starts() + " starts" : "";
    }

    private static void latency(PrintWriter out, String what, LatencyProbe.Quantiles quantiles) {
        if (quantiles.count() > 0) {
            out.printf(
                    Locale.ROOT,
                    "  %s: p50 %s, p99 %s, max %s of %,d%n",
                    what,
                    micros(quantiles.p50()),
                    micros(quantiles.p99()),
                    micros(quantiles.max()),
                    quantiles.count());
        }
    }

    private static String micros(long nanos) {
        return nanos < 1_000_000
                ? String.format(Locale.ROOT, "%.1f µs", nanos / 1e3)
                : String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }

    /** Dollars with as many places as there are, two at least. */
    static String dollars(long cashE6) {
        String text =
                String.format(Locale.ROOT, "%,.6f", Math.abs(cashE6) / 1e6).replaceFirst("0{1,4}$", "");
        return (cashE6 < 0 ? "−$" : "$") + text;
    }
}
