package voltage.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import voltage.local.lane.LaneAccess;
import voltage.market.FixedPoint;
import voltage.order.CashFlows;
import voltage.order.Fill;
import voltage.order.LedgerEntry;
import voltage.order.Reconciliation;
import voltage.order.Settlement;

/**
 * That the ledger equals the exchange's account for a day: the day's cash flows by kind, its fills, fees and settlements as both sides
 * have them, and the sum of all days against the balance of now.
 */
record DayProof(LocalDate day, CashFlows flows, long sinceE6, List<Both> compared, Reconciliation balance) {
    private static final long DAY_NANOS = 86_400_000_000_000L;

    /** One figure as the ledger and the exchange have it. */
    record Both(String name, long ledger, long exchange, int scale) {
        boolean agrees() {
            return ledger == exchange;
        }
    }

    static DayProof of(LaneAccess access, LocalDate day, Reconciliation balance) {
        long from = day.atStartOfDay(ZoneOffset.UTC).toEpochSecond() * 1_000_000_000L;
        long to = from + DAY_NANOS;
        List<LedgerEntry> entries = access.ledger().entries(access.lane(), 0).entries();
        CashFlows flows = CashFlows.of(entries, from, to);
        List<Fill> ours = new ArrayList<>();
        long oursPaidE6 = 0;
        long theirsPaidE6 = 0;
        long settled = 0;
        long listed = 0;
        for (LedgerEntry entry : entries) {
            if (entry.exchangeNanos() < from || entry.exchangeNanos() >= to) {
                continue;
            }
            if (entry instanceof LedgerEntry.Filled filled) {
                ours.add(filled.fill());
            }
            // One that paid nothing need not be listed there.
            if (entry instanceof LedgerEntry.Settled booked
                    && booked.settlement().yesCountE2() + booked.settlement().noCountE2() > 0) {
                Optional<Settlement> row =
                        access.exchange().settlement(booked.settlement().ticker());
                oursPaidE6 += booked.settlement().revenueE6();
                theirsPaidE6 += row.map(DayProof::paidE6).orElse(0L);
                settled++;
                listed += row.isPresent() ? 1 : 0;
            }
        }
        // What the account did before this ledger began is not its own.
        long begunNanos = Math.max(
                from,
                entries.stream().mapToLong(LedgerEntry::exchangeNanos).min().orElse(from));
        List<Fill> theirs = access.exchange().fillsSince(begunNanos).stream()
                .filter(fill -> fill.exchangeNanos() < to)
                .toList();
        List<Both> compared = List.of(
                new Both("fills", ours.size(), theirs.size(), 0),
                new Both("contracts", countE2(ours), countE2(theirs), 2),
                new Both("fees", feesE6(ours), feesE6(theirs), 6),
                new Both("markets settled", settled, listed, 0),
                new Both("paid out", oursPaidE6, theirsPaidE6, 6));
        return new DayProof(day, flows, balance.ledgerCashE6() - flows.closingE6(), compared, balance);
    }

    /** By counts and result, as it is booked: the exchange's own figure may read 0. */
    private static long paidE6(Settlement row) {
        long net = row.yesCountE2() - row.noCountE2();
        return Math.max(0, net * row.result().sign()) * 10_000;
    }

    private static long countE2(List<Fill> fills) {
        return fills.stream().mapToLong(Fill::countE2).sum();
    }

    private static long feesE6(List<Fill> fills) {
        return fills.stream().mapToLong(Fill::feeE6).sum();
    }

    boolean holds() {
        return compared.stream().allMatch(Both::agrees) && balance.differenceE6() == 0;
    }

    void print(LaneOptions options) {
        options.say("proof of " + day + " (UTC)");
        options.say(ReconciliationText.line("cash at 00:00", flows.openingE6()));
        for (CashFlows.Flow flow : flows.flows()) {
            options.say(ReconciliationText.line(flow.kind().name().toLowerCase(Locale.ROOT), flow.amountE6())
                    + String.format(Locale.ROOT, "   %d", flow.count()));
        }
        options.say(ReconciliationText.line("cash at 24:00", flows.closingE6()));
        options.say(ReconciliationText.line("flows since", sinceE6));
        options.say(ReconciliationText.line("ledger cash now", balance.ledgerCashE6()));
        options.say(ReconciliationText.line("exchange now", balance.exchangeCashE6() + balance.boundE6()));
        options.say(ReconciliationText.line("difference", balance.differenceE6()));
        options.say(String.format(Locale.ROOT, "  %-18s %18s %18s", "of that day", "ledger", "exchange"));
        for (Both both : compared) {
            options.say(String.format(
                    Locale.ROOT,
                    "  %-18s %18s %18s%s",
                    both.name(),
                    FixedPoint.format(both.ledger(), both.scale()),
                    FixedPoint.format(both.exchange(), both.scale()),
                    both.agrees() ? "" : "   DIFFERS"));
        }
        options.say(holds() ? "proved: the ledger equals the exchange, difference 0.000000" : "NOT proved");
    }

    ObjectNode json() {
        ObjectNode body = LaneOptions.JSON.createObjectNode();
        body.put("day", day.toString());
        body.put("holds", holds());
        body.put("opening", FixedPoint.format(flows.openingE6(), 6));
        ObjectNode kinds = body.putObject("flows");
        for (CashFlows.Flow flow : flows.flows()) {
            kinds.putObject(flow.kind().name().toLowerCase(Locale.ROOT))
                    .put("count", flow.count())
                    .put("amount", FixedPoint.format(flow.amountE6(), 6));
        }
        body.put("closing", FixedPoint.format(flows.closingE6(), 6));
        body.put("since", FixedPoint.format(sinceE6, 6));
        body.put("difference", FixedPoint.format(balance.differenceE6(), 6));
        ArrayNode both = body.putArray("compared");
        for (Both each : compared) {
            both.addObject()
                    .put("name", each.name())
                    .put("ledger", FixedPoint.format(each.ledger(), each.scale()))
                    .put("exchange", FixedPoint.format(each.exchange(), each.scale()))
                    .put("agrees", each.agrees());
        }
        return body;
    }
}
