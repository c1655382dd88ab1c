package voltage.order;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import voltage.order.Lifecycle.Kind;
import voltage.order.Lifecycle.Verdict;

/** Draws the life cycle's document by asking {@link Lifecycle} about every pair of states. */
final class LifecycleDiagram {
    /** One of each. */
    static final List<CommandState> STATES = List.of(
            new CommandState.Received(),
            new CommandState.Replacing(),
            new CommandState.Sending(1),
            new CommandState.Unknown(Optional.empty(), 0),
            new CommandState.Resting("o1"),
            new CommandState.Done(Optional.of("o1")),
            new CommandState.Refused(RefusalReason.LATE));

    private LifecycleDiagram() {}

    static String document() {
        StringBuilder text = new StringBuilder();
        text.append("# Life cycle of a command\n\n")
                .append("Drawn from `voltage.order.Lifecycle` by `LifecycleTest`, which fails when this file differs.")
                .append(" To draw it anew:\n")
                .append("`./mvnw -pl models/trading test -Dtest=LifecycleTest -Dvoltage.docs=write`.\n\n")
                .append(
                        "Every ledger asks `Lifecycle` before it writes a state, so what is not drawn cannot be written.")
                .append(" The command's id is the client order id and is\n")
                .append(
                        "in the ledger as `RECEIVED` before anything is sent. What follows `DONE` is not a state of the")
                .append(" command: whether contracts are held or settled\n")
                .append(
                        "is the sum of the ledger's fills and settlements (`Account`), so the two can never disagree.\n");
        section(text, Kind.ORDER, "Orders (`PlaceOrder`, `ClosePosition`)");
        section(text, Kind.REPLACEMENT, "Replacements (`PlaceOrder` in place of another order)");
        section(text, Kind.AMENDMENT, "Amendments (`AmendOrder`)");
        section(
                text,
                Kind.REPEATABLE,
                "What may be carried out twice (`CancelOrder`, `Reconcile`, `Settle`, `SwitchLane`)");
        return text.toString();
    }

    private static void section(StringBuilder text, Kind kind, String title) {
        text.append("\n## ")
                .append(title)
                .append("\n\n```mermaid\nstateDiagram-v2\n    [*] --> RECEIVED: written down\n");
        Map<String, List<String>> forbidden = new LinkedHashMap<>();
        for (CommandState from : STATES) {
            for (CommandState to : STATES) {
                switch (Lifecycle.judge(kind, from, next(from, to))) {
                    case Verdict.Allowed allowed ->
                        text.append("    ")
                                .append(from.label())
                                .append(" --> ")
                                .append(to.label())
                                .append(": ")
                                .append(allowed.event())
                                .append('\n');
                    case Verdict.Forbidden no ->
                        forbidden
                                .computeIfAbsent(from.label() + "|" + no.reason(), key -> new ArrayList<>())
                                .add(to.label());
                }
            }
        }
        if (kind.isOrder()) {
            text.append("    DONE --> Held: fills booked (derived)\n")
                    .append("    Held --> Settled: the market has paid (derived)\n")
                    .append("    DONE --> [*]: nothing filled\n    Settled --> [*]\n");
        } else {
            text.append("    DONE --> [*]\n");
        }
        text.append("    REFUSED --> [*]\n```\n\n| from | never to | because |\n| --- | --- | --- |\n");
        forbidden.forEach((key, targets) -> {
            int bar = key.indexOf('|');
            text.append("| ")
                    .append(key, 0, bar)
                    .append(" | ")
                    .append(String.join(", ", targets))
                    .append(" | ")
                    .append(key, bar + 1, key.length())
                    .append(" |\n");
        });
    }

    /** The state as it would follow in order: the same exchange's id, one more round. */
    private static CommandState next(CommandState from, CommandState to) {
        return to instanceof CommandState.Unknown
                ? new CommandState.Unknown(from.orderId(), from instanceof CommandState.Unknown ? 1 : 0)
                : to;
    }
}
