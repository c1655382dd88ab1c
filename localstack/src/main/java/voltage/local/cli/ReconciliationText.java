package voltage.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import voltage.market.FixedPoint;
import voltage.order.CommandRecord;
import voltage.order.ExecutionReport;
import voltage.order.Reconciliation;
import voltage.order.Reconciliation.Finding;
import voltage.order.Reconciliation.Verdict;

/** A reconciliation as a person and as a script read it. */
final class ReconciliationText {
    private ReconciliationText() {}

    /** Empty if the command ended before it had compared anything. */
    static Optional<Reconciliation> of(CommandRecord record) {
        return record.reports().stream()
                .filter(ExecutionReport.Reconciled.class::isInstance)
                .map(report -> ((ExecutionReport.Reconciled) report).result())
                .reduce((first, last) -> last);
    }

    static void print(Reconciliation result, LaneOptions options) {
        for (Finding finding : result.findings()) {
            options.say(String.format(
                    Locale.ROOT,
                    "  %-11s %-10s %s%s",
                    finding.verdict().name().toLowerCase(Locale.ROOT),
                    finding.subject().name().toLowerCase(Locale.ROOT),
                    finding.ticker().isEmpty() ? "" : finding.ticker() + ": ",
                    finding.text()));
        }
        options.say(line("ledger cash", result.ledgerCashE6()));
        if (result.boundE6() != 0) {
            options.say(line("bound by orders", -result.boundE6()));
        }
        options.say(line("exchange", result.exchangeCashE6()));
        options.say(line("difference", result.differenceE6()));
    }

    static String line(String name, long cashE6) {
        return String.format(Locale.ROOT, "  %-18s %18s", name, FixedPoint.format(cashE6, 6));
    }

    /** One sentence for the end. */
    static String conclusion(Reconciliation result) {
        long unexplained = result.count(Verdict.UNEXPLAINED);
        long adopted = result.count(Verdict.ADOPTED);
        if (unexplained > 0) {
            return unexplained + (unexplained == 1 ? " difference is" : " differences are")
                    + " unexplained. Nothing was patched; find the cause, then reconcile again";
        }
        return (adopted == 0 ? "ledger and exchange agree" : adopted + " adopted; ledger and exchange agree now")
                + (result.differenceE6() == 0 ? ", to the last unit" : ", but for what is explained");
    }

    static ObjectNode json(Reconciliation result) {
        ObjectNode body = LaneOptions.JSON.createObjectNode();
        body.put("clean", result.isClean());
        body.put("ledger_cash", FixedPoint.format(result.ledgerCashE6(), 6));
        body.put("bound_by_orders", FixedPoint.format(result.boundE6(), 6));
        body.put("exchange_cash", FixedPoint.format(result.exchangeCashE6(), 6));
        body.put("difference", FixedPoint.format(result.differenceE6(), 6));
        ArrayNode findings = body.putArray("findings");
        for (Finding finding : result.findings()) {
            findings.addObject()
                    .put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT))
                    .put("subject", finding.subject().name().toLowerCase(Locale.ROOT))
                    .put("ticker", finding.ticker())
                    .put("text", finding.text());
        }
        return body;
    }
}
