package voltage.lambda.execution;

import java.util.List;
import java.util.function.LongSupplier;
import voltage.order.Command;
import voltage.order.Command.PlaceOrder;
import voltage.order.CommandRecord;
import voltage.order.CommandState;
import voltage.order.ExecutionReport;
import voltage.order.Fill;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.Ledger;
import voltage.order.LedgerEntry;
import voltage.order.RefusalReason;

/** A lane's ports, and the few things that every command does with them: move a record on, report, refuse. */
final class LaneDesk {
    final Lane lane;
    final Ledger ledger;
    final Exchange exchange;
    final Pause pause;
    final ExecutorSettings settings;
    final LaneBooks books;
    final SendLog sendLog;
    private final ReportSink sink;
    private final LongSupplier clock;
    private String currentId = "";

    LaneDesk(
            Lane lane,
            Ledger ledger,
            Exchange exchange,
            ReportSink sink,
            LongSupplier clock,
            Pause pause,
            ExecutorSettings settings) {
        this.lane = lane;
        this.ledger = ledger;
        this.exchange = exchange;
        this.sink = sink;
        this.clock = clock;
        this.pause = pause;
        this.settings = settings;
        books = new LaneBooks(ledger, lane);
        sendLog = new SendLog(lane, ledger);
    }

    long now() {
        return clock.getAsLong();
    }

    /** The command being carried out: delivered again if we die, so its reports need no care of their own. */
    void begin(String commandId) {
        currentId = commandId;
    }

    CommandRecord move(
            CommandRecord record, CommandState to, List<ExecutionReport> reports, List<LedgerEntry> entries) {
        ledger.apply(lane, Ledger.LedgerChange.of(record, to, reports, entries));
        if (!entries.isEmpty()) {
            books.refresh();
        }
        return record.moved(to, reports);
    }

    /** Marks a command as being sent: from here on it may exist at the exchange. */
    CommandRecord sending(CommandRecord received) {
        long now = now();
        CommandRecord record = move(received, new CommandState.Sending(now), List.of(), List.of());
        sendLog.add(record.command(), now);
        return record;
    }

    void send(List<ExecutionReport> reports) {
        if (!reports.isEmpty()) {
            sink.send(lane, reports);
        }
    }

    /**
     * Moves a command on and reports it. That of the current command is written first: if we die before reporting, it is delivered
     * again and its reports are sent from the record. Nobody delivers an earlier command again, so its reports go out first: if
     * we die before writing, whatever made us ask will be delivered again and find the same facts, and the same report twice
     * changes nothing.
     */
    CommandRecord finish(
            CommandRecord record, CommandState end, List<ExecutionReport> reports, List<LedgerEntry> entries) {
        boolean isCurrent = record.command().id().equals(currentId);
        if (!isCurrent) {
            send(reports);
        }
        CommandRecord moved = move(record, end, reports, entries);
        if (isCurrent) {
            send(reports);
        }
        return moved;
    }

    /**
     * The last look before a request goes out, after the command has been marked as being sent: if an emergency stop has raised the fence
     * since it was checked, it is refused and nothing is sent. What passes here is the one request that may still arrive
     * after the stop.
     */
    boolean isFencedNow(CommandRecord record) {
        LaneState state = ledger.laneState(lane);
        long decidedUnder = record.command().header().fenceEpoch();
        if (decidedUnder >= state.fenceEpoch()) {
            return false;
        }
        refuse(
                record,
                RefusalReason.FENCED,
                "decided under fence " + decidedUnder + ", the fence rose to " + state.fenceEpoch()
                        + " just before sending");
        return true;
    }

    CommandRecord refuse(CommandRecord record, RefusalReason reason, String detail) {
        return finish(
                record,
                new CommandState.Refused(reason),
                List.of(refused(record.command(), reason, detail)),
                List.of());
    }

    ExecutionReport.Refused refused(Command command, RefusalReason reason, String detail) {
        return new ExecutionReport.Refused(command.id(), ticker(command), reason, detail, now(), 0);
    }

    static String ticker(Command command) {
        return command.market().orElse("");
    }

    static List<LedgerEntry> entries(List<Fill> fills, String commandId) {
        return fills.stream()
                .<LedgerEntry>map(fill -> new LedgerEntry.Filled(fill, commandId))
                .toList();
    }

    /** Those that the ledger does not have yet. */
    List<Fill> unbooked(List<Fill> fills) {
        return fills.stream()
                .filter(fill -> !books.account().hasBooked("FILL#" + fill.tradeId()))
                .toList();
    }

    /** For how many contracts an order was placed: those that the order before it had filled are not among them. */
    long placedE2(PlaceOrder order) {
        return order.terms().countE2()
                - order.replaces()
                        .flatMap(id -> ledger.find(lane, id))
                        .flatMap(CommandRecord::orderId)
                        .map(books::filledE2)
                        .orElse(0L);
    }

    static long totalE2(List<Fill> fills) {
        return fills.stream().mapToLong(Fill::countE2).sum();
    }

    /** All commands of the lane that are not finished, but for one. */
    List<CommandRecord> others(String commandId) {
        return ledger.unfinished(lane).stream()
                .filter(record -> !record.command().id().equals(commandId))
                .toList();
    }
}
