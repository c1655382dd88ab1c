package voltage.lambda.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import voltage.lambda.execution.Exchange.MarketResult;
import voltage.market.FixedPoint;
import voltage.market.Side;
import voltage.order.Command.Settle;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.ExecutionReport;
import voltage.order.Fill;
import voltage.order.LedgerEntry;
import voltage.order.RefusalReason;
import voltage.order.Settlement;

/**
 * Books what markets paid, once each, as the exchange says it; never by a formula of ours from the book's prices. A payout that
 * contradicts the ledger is not booked and not forgotten: it is asked for again.
 */
final class Settler {
    private static final long ONE_DOLLAR_E4 = 10_000;

    /** What is known of a market's payout. */
    sealed interface Answer {
        /** Is in the ledger, now or with these entries. */
        record Pays(Settlement settlement, List<Fill> missing, List<LedgerEntry> entries) implements Answer {}

        /** Final, and nothing was held. */
        record Nothing(MarketResult result) implements Answer {}

        record NotYet(String why) implements Answer {}
    }

    private final LaneDesk desk;

    Settler(LaneDesk desk) {
        this.desk = desk;
    }

    void settle(CommandRecord record, Settle settle) {
        Answer answer;
        try {
            answer = ask(settle.ticker());
        } catch (ExchangeUnavailableException e) {
            answer = new Answer.NotYet("the exchange gave no answer: " + e.getMessage());
        }
        String id = record.command().id();
        switch (answer) {
            case Answer.Pays pays ->
                desk.finish(
                        record, new CommandState.Done(Optional.empty()), reports(id, pays, desk.now()), pays.entries());
            case Answer.Nothing nothing ->
                desk.finish(
                        record,
                        new CommandState.Done(Optional.empty()),
                        List.of(new ExecutionReport.Settled(
                                id,
                                settle.ticker(),
                                nothing.result().side(),
                                0,
                                nothing.result().settledNanos(),
                                0)),
                        flat(settle.ticker(), nothing.result()));
            case Answer.NotYet notYet -> desk.refuse(record, RefusalReason.NOT_YET, notYet.why());
        }
    }

    /** A market that was traded stays settled across restarts, also if nothing of it was held at the end. */
    private List<LedgerEntry> flat(String ticker, MarketResult result) {
        return desk.books.account().position(ticker) == null
                ? List.of()
                : List.of(
                        new LedgerEntry.Settled(new Settlement(ticker, result.side(), 0, 0, 0, result.settledNanos())));
    }

    static List<ExecutionReport> reports(String commandId, Answer.Pays pays, long nowNanos) {
        Settlement settlement = pays.settlement();
        List<ExecutionReport> reports = new ArrayList<>();
        if (!pays.missing().isEmpty()) {
            reports.add(new ExecutionReport.Corrected(
                    "", settlement.ticker(), pays.missing(), "fills found at settlement", nowNanos, 0));
        }
        reports.add(new ExecutionReport.Settled(
                commandId,
                settlement.ticker(),
                settlement.result(),
                settlement.revenueE6(),
                settlement.exchangeNanos(),
                0));
        return reports;
    }

    /** Looks at a market's payout; the books must be fresh. */
    Answer ask(String ticker) {
        Settlement booked = desk.books.settlement(ticker);
        if (booked != null) {
            return new Answer.Pays(booked, List.of(), List.of());
        }
        Optional<MarketResult> result = desk.exchange.marketResult(ticker);
        if (result.isEmpty()) {
            return new Answer.NotYet("the market is not final");
        }
        long held = desk.books.account().positionE2(ticker);
        Optional<Settlement> row = desk.exchange.settlement(ticker);
        if (row.isEmpty()) {
            if (held != 0) {
                return new Answer.NotYet("final, but not paid yet; held " + FixedPoint.format(held, 2));
            }
            return hasUnfinishedOrder(ticker)
                    ? new Answer.NotYet("final, but an order of it is not finished")
                    : new Answer.Nothing(result.get());
        }
        return pays(row.get(), result.get().side(), held);
    }

    private boolean hasUnfinishedOrder(String ticker) {
        return desk.ledger.unfinished(desk.lane).stream()
                .anyMatch(record -> LaneDesk.ticker(record.command()).equals(ticker)
                        && !(record.state() instanceof CommandState.Received));
    }

    private Answer pays(Settlement row, Side result, long held) {
        // Pairs of YES and NO were paid when they met; only the net is paid at settlement.
        long net = row.yesCountE2() - row.noCountE2();
        List<Fill> missing = List.of();
        if (net != held) {
            missing = desk.unbooked(desk.exchange.fillsOfMarket(row.ticker()));
            long caughtUp =
                    held + missing.stream().mapToLong(Fill::signedCountE2).sum();
            if (caughtUp != net) {
                return new Answer.NotYet("ALERT: the exchange settled " + FixedPoint.format(net, 2)
                        + " contracts, fills" + " explain " + FixedPoint.format(caughtUp, 2));
            }
        }
        long payoutE6 = Math.max(0, net * result.sign()) * ONE_DOLLAR_E4;
        if (row.result() != result || (row.revenueE6() != payoutE6 && row.revenueE6() != 0)) {
            return new Answer.NotYet("ALERT: the exchange reports " + row.result() + " and "
                    + FixedPoint.format(row.revenueE6(), 6) + ", counts and result " + result + " say "
                    + FixedPoint.format(payoutE6, 6));
        }
        Settlement settlement = new Settlement(
                row.ticker(), result, Math.max(0, net), Math.max(0, -net), payoutE6, row.exchangeNanos());
        List<LedgerEntry> entries = new ArrayList<>(LaneDesk.entries(missing, ""));
        entries.add(new LedgerEntry.Settled(settlement));
        return new Answer.Pays(settlement, missing, entries);
    }
}
