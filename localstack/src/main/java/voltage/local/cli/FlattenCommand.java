package voltage.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import voltage.lambda.execution.ExchangeUnavailableException;
import voltage.local.lane.FlattenPlan;
import voltage.local.lane.LaneAccess;
import voltage.market.FixedPoint;
import voltage.order.Command;
import voltage.order.CommandRecord;
import voltage.order.ExecutionReport;
import voltage.order.Fill;

@picocli.CommandLine.Command(
        name = "flatten",
        description = {
            "Cancels the lane's orders and closes its positions. Without --yes it only says what it would do, at what price and cost.",
            "Exit 0: flat, or a dry run; 1: something is left; 4: refused; 5: the exchange gave no answer."
        })
final class FlattenCommand implements Callable<Integer> {
    @Mixin
    private LaneOptions options = new LaneOptions();

    @Option(names = "--yes", description = "do it")
    private boolean yes;

    @Option(
            names = "--slippage",
            paramLabel = "CENTS",
            description = "how far below the price that the book asks for an exit may still sell; 5 by default")
    private int slippageCents = 5;

    private final ArrayNode steps = LaneOptions.JSON.createArrayNode();
    private int worstCode = ExitCode.OK;

    @Override
    public Integer call() throws JsonProcessingException {
        if (slippageCents < 0 || slippageCents > 99) {
            throw new Refusal(ExitCode.USAGE, "--slippage is 0 to 99 cents, was " + slippageCents);
        }
        try (LaneAccess access = options.open()) {
            FlattenPlan plan = FlattenPlan.of(access, slippageCents * 100);
            print(plan, access);
            int code = ExitCode.OK;
            if (plan.isFlat()) {
                options.say("flat: no order is open and nothing is held");
            } else if (yes) {
                code = carryOut(plan, access);
            } else {
                options.say("nothing was done. To do it: the same with --yes");
            }
            if (options.isJson()) {
                ObjectNode body = options.body(access).put("dry_run", !yes);
                body.set("plan", json(plan));
                body.set("steps", steps);
                options.print(body.put("exit_code", code));
            }
            return code;
        } catch (ExchangeUnavailableException e) {
            throw new Refusal(
                    ExitCode.VENUE_UNREACHABLE,
                    "the books cannot be read: " + e.getMessage() + ". Nothing was sent",
                    e);
        }
    }

    private void print(FlattenPlan plan, LaneAccess access) {
        options.say("lane " + access.lane().label() + " (" + LaneOptions.where(access) + "): "
                + LaneOptions.words(access.ledger().laneState(access.lane())));
        for (FlattenPlan.OpenOrder order : plan.orders()) {
            options.say("  cancel  " + order.ticker() + "  " + order.text() + "  " + order.commandId());
        }
        for (FlattenPlan.Exit exit : plan.exits()) {
            options.say(String.format(
                    Locale.ROOT,
                    "  close   %s  %s %s, not below %s ¢; the book takes %s from %s ¢ on, for %s less fees %s:"
                            + " result %s, cost of closing %s",
                    exit.ticker(),
                    exit.held(),
                    FixedPoint.format(exit.countE2(), 2),
                    cents(exit.worstPriceE4()),
                    FixedPoint.format(exit.takenE2(), 2),
                    cents(exit.bestBidE4()),
                    dollars(exit.proceedsE6()),
                    dollars(exit.feesE6()),
                    exit.takenE2() < exit.countE2()
                            ? "not known, the book is too thin"
                            : dollars(exit.proceedsE6() - exit.feesE6() - exit.costE6()),
                    dollars(exit.closingCostE6())));
        }
        for (FlattenPlan.Waiting waiting : plan.waiting()) {
            options.say("  wait    " + waiting.ticker() + "  " + waiting.held() + " "
                    + FixedPoint.format(waiting.countE2(), 2) + ": the market does not trade any more and is settled"
                    + " by itself");
        }
    }

    private int carryOut(FlattenPlan plan, LaneAccess access) {
        for (FlattenPlan.OpenOrder order : plan.orders()) {
            send(access, new Command.CancelOrder(access.header("cancel"), order.ticker(), order.commandId()), "cancel");
        }
        // What the cancelled orders had filled is held now too.
        FlattenPlan fresh = plan.orders().isEmpty() ? plan : FlattenPlan.of(access, slippageCents * 100);
        for (FlattenPlan.Exit exit : fresh.exits()) {
            send(
                    access,
                    new Command.ClosePosition(
                            access.header("close"),
                            exit.ticker(),
                            exit.exchangeIndex(),
                            exit.worstPriceE4(),
                            Command.Purpose.OPERATOR_CLOSE),
                    "close");
        }
        for (FlattenPlan.Waiting waiting : fresh.waiting()) {
            send(access, new Command.Settle(access.header("settle"), waiting.ticker()), "settle");
        }
        FlattenPlan left = FlattenPlan.of(access, slippageCents * 100);
        String lane = access.lane().label();
        if (left.isFlat()) {
            options.say("flat. A lane that is not paused may enter again: ./voltage pause --lane " + lane);
            return ExitCode.OK;
        }
        options.say("NOT flat: " + left.orders().size() + " orders, "
                + left.exits().size() + " positions, "
                + left.waiting().size() + " waiting for settlement are left. "
                + (left.exits().isEmpty() && left.orders().isEmpty()
                        ? "Nothing to do but to wait: ./voltage reconcile --lane " + lane + " books the settlement"
                        : "Again, with more --slippage if the price was the reason"));
        return Math.max(ExitCode.FAILURE, worstCode);
    }

    private void send(LaneAccess access, Command command, String kind) {
        access.queue().send(command);
        CommandRecord end = options.follow(access, command.id());
        Optional<ExecutionReport.Refused> refusal = LaneOptions.refusal(end);
        String text = refusal.map(refused -> "refused, " + refused.reason() + ": " + refused.detail())
                .orElseGet(() -> outcome(end));
        refusal.ifPresent(refused -> {
            if (!kind.equals("settle")) {
                worstCode = Math.max(worstCode, LaneOptions.exitCode(refused.reason()));
            }
        });
        String ticker = command.market().orElse("");
        options.say("  " + kind + " " + ticker + ": " + text);
        steps.addObject()
                .put("kind", kind)
                .put("ticker", ticker)
                .put("command", command.id())
                .put("outcome", text);
    }

    private static String outcome(CommandRecord end) {
        long soldE2 = 0;
        long valueE6 = 0;
        long feesE6 = 0;
        for (ExecutionReport report : end.reports()) {
            if (report instanceof ExecutionReport.Filled filled) {
                for (Fill fill : filled.fills()) {
                    // An exit sells the held side: YES at its price, NO at the rest of the dollar.
                    boolean isYes = fill.signedCountE2() < 0;
                    soldE2 += fill.countE2();
                    valueE6 += fill.countE2() * (isYes ? fill.yesPriceE4() : 10_000 - fill.yesPriceE4());
                    feesE6 += fill.feeE6();
                }
            }
        }
        return soldE2 == 0
                ? "done, nothing was sold"
                : "sold " + FixedPoint.format(soldE2, 2) + " for " + dollars(valueE6) + ", fees " + dollars(feesE6);
    }

    private static ObjectNode json(FlattenPlan plan) {
        ObjectNode body = LaneOptions.JSON.createObjectNode();
        ArrayNode orders = body.putArray("cancel");
        plan.orders()
                .forEach(order ->
                        orders.addObject().put("command", order.commandId()).put("ticker", order.ticker()));
        ArrayNode exits = body.putArray("close");
        plan.exits()
                .forEach(exit -> exits.addObject()
                        .put("ticker", exit.ticker())
                        .put("held", exit.held().name())
                        .put("count", FixedPoint.format(exit.countE2(), 2))
                        .put("worst_price", FixedPoint.format(exit.worstPriceE4(), 4))
                        .put("book_takes", FixedPoint.format(exit.takenE2(), 2))
                        .put("proceeds", FixedPoint.format(exit.proceedsE6(), 6))
                        .put("fees", FixedPoint.format(exit.feesE6(), 6))
                        .put("closing_cost", FixedPoint.format(exit.closingCostE6(), 6)));
        ArrayNode waiting = body.putArray("wait_for_settlement");
        plan.waiting().forEach(each -> waiting.add(each.ticker()));
        return body;
    }

    private static String cents(int priceE4) {
        String text = FixedPoint.format(priceE4, 2);
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
    }

    /** At least to the cent, and to the last digit that is not 0. */
    private static String dollars(long cashE6) {
        String text = FixedPoint.format(Math.abs(cashE6), 6);
        int end = text.length();
        while (text.charAt(end - 1) == '0' && text.charAt(end - 3) != '.') {
            end--;
        }
        return (cashE6 < 0 ? "-$" : "$") + text.substring(0, end);
    }
}
