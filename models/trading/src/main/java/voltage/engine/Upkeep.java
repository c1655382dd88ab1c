package voltage.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import voltage.market.AccountEvent;
import voltage.order.Account;
import voltage.order.Command;
import voltage.order.CommandRecord;
import voltage.order.ExchangeWord;
import voltage.order.ExecutionReport;
import voltage.order.Fill;
import voltage.order.LaneState;
import voltage.order.LaneSwitched;
import voltage.order.LedgerEntry;
import voltage.order.LedgerLoaded;
import voltage.order.RefusalReason;
import voltage.order.Settlement;

/** What follows from execution reports, and the chores of each second: settlements to fetch, unknown outcomes to resolve. */
final class Upkeep {
    private static final long SECOND_NANOS = 1_000_000_000L;
    /** After close, when no settlement event has come: how long to wait before asking anyway. */
    private static final long SETTLE_UNASKED_NANOS = 60 * SECOND_NANOS;

    private static final long ALERT_UNSETTLED_NANOS = 600 * SECOND_NANOS;

    private final EngineSettings settings;
    private final LaneMoney money;
    private final CommandIds ids;
    private final Function<String, @Nullable MarketState> markets;
    private final EngineOutput.Sink out;
    private final Map<String, Asking> asked = new HashMap<>();
    private final AccountWatch watch;
    private final DarkLane dark = new DarkLane();
    private final List<Command.PlaceOrder> inherited = new ArrayList<>();

    /** How a market's settlement has been asked for. */
    private static final class Asking {
        private int attempts;
        private long nextNanos = Long.MIN_VALUE;
        private boolean isAlerted;
    }

    Upkeep(
            EngineSettings settings,
            LaneMoney money,
            CommandIds ids,
            Function<String, @Nullable MarketState> markets,
            EngineOutput.Sink out) {
        this.settings = settings;
        this.money = money;
        this.ids = ids;
        this.markets = markets;
        watch = new AccountWatch(markets);
        this.out = out;
    }

    /** Takes an event about our account; returns the market whose position or order changed, if one did. */
    @Nullable
    MarketState on(AccountEvent event, long nowNanos) {
        return switch (event) {
            case ExecutionReport report -> report(report, nowNanos);
            case LedgerLoaded loaded -> {
                load(loaded, nowNanos);
                yield null;
            }
            case LaneSwitched switched -> {
                money.state(switched.state());
                yield null;
            }
            case ExchangeWord word -> {
                watch.told(word, nowNanos);
                yield null;
            }
            // What the exchange tells of our orders: what they do to money comes as fills and positions.
            default -> null;
        };
    }

    private @Nullable MarketState report(ExecutionReport report, long nowNanos) {
        MarketState market = markets.apply(report.ticker());
        boolean isPending = market != null && report.commandId().equals(market.pendingId);
        Command.Purpose purpose = market == null ? null : market.pendingPurpose;
        switch (report) {
            case ExecutionReport.Accepted accepted -> {}
            case ExecutionReport.Unknown unknown -> {
                if (isPending && market != null) {
                    market.isPendingUnknown = true;
                    market.nextResolveNanos = nowNanos + SECOND_NANOS;
                }
                alert(nowNanos, report.ticker(), "outcome unknown: " + unknown.cause());
            }
            case ExecutionReport.Refused refused -> refused(refused, nowNanos);
            case ExecutionReport.Cancelled cancelled -> {}
            case ExecutionReport.Filled filled -> book(filled.fills(), filled.commandId());
            case ExecutionReport.Corrected corrected -> {
                book(corrected.fills(), corrected.commandId());
                alert(nowNanos, report.ticker(), "corrected: " + corrected.explanation());
            }
            case ExecutionReport.Settled settled -> settled(settled);
            // What it booked came as corrections, what it could not explain as alerts.
            case ExecutionReport.Reconciled reconciled -> watch.reconciled();
        }
        if (isPending && market != null && ends(report)) {
            market.nothingPending();
            money.orderEnded();
            if (purpose != null && purpose.isExit() && isOfFormerLeader(report)) {
                // It never was an attempt: the bound on those is kept for the exchange's answers.
                market.exitAttempts = Math.max(0, market.exitAttempts - 1);
            }
            afterOrder(market, purpose, nowNanos);
        }
        return market;
    }

    private static boolean ends(ExecutionReport report) {
        return switch (report) {
            case ExecutionReport.Refused refused -> true;
            case ExecutionReport.Cancelled cancelled -> true;
            case ExecutionReport.Filled filled -> filled.isDone();
            case ExecutionReport.Corrected corrected -> true;
            case ExecutionReport.Accepted accepted -> false;
            case ExecutionReport.Unknown unknown -> false;
            case ExecutionReport.Settled settled -> false;
            case ExecutionReport.Reconciled reconciled -> false;
        };
    }

    private static boolean isOfFormerLeader(ExecutionReport report) {
        return report instanceof ExecutionReport.Refused refused && refused.reason() == RefusalReason.STALE_LEASE;
    }

    private void afterOrder(MarketState market, Command.@Nullable Purpose purpose, long nowNanos) {
        boolean isHolding = money.account().positionE2(market.ticker()) != 0;
        if (purpose == Command.Purpose.ENTRY && isHolding) {
            market.enteredNanos = nowNanos;
            market.entriesMissed = 0;
        } else if (purpose == Command.Purpose.ENTRY) {
            market.entryMissed(nowNanos);
        } else if (purpose != null && purpose.isExit() && !isHolding) {
            market.exited(
                    nowNanos,
                    settings.cooldownSeconds() * SECOND_NANOS,
                    settings.limits().flow().rapidExits());
        }
    }

    private void book(List<Fill> fills, String commandId) {
        for (Fill fill : fills) {
            money.account().apply(new LedgerEntry.Filled(fill, commandId));
        }
    }

    private void settled(ExecutionReport.Settled settled) {
        Account account = money.account();
        if (account.position(settled.ticker()) != null) {
            long held = account.positionE2(settled.ticker());
            account.apply(new LedgerEntry.Settled(new Settlement(
                    settled.ticker(),
                    settled.result(),
                    Math.max(0, held),
                    Math.max(0, -held),
                    settled.revenueE6(),
                    settled.exchangeNanos())));
        }
        asked.remove(settled.ticker());
    }

    private void refused(ExecutionReport.Refused refused, long nowNanos) {
        LaneState state = money.state();
        if (refused.reason() == RefusalReason.NOT_AUTHORISED && !state.halted()) {
            money.state(new LaneState(
                    state.armed(), state.paused(), true, state.fenceEpoch(), state.leaseEpoch(), state.version()));
            alert(nowNanos, refused.ticker(), "the exchange does not accept our key: trading stops");
        }
        if (refused.reason() == RefusalReason.STALE_LEASE) {
            alert(nowNanos, refused.ticker(), "not carried out, for this worker does not lead: " + refused.detail());
        }
    }

    private void load(LedgerLoaded loaded, long nowNanos) {
        money.load(loaded);
        inherited.clear();
        for (CommandRecord record : loaded.unfinished()) {
            if (record.command() instanceof Command.PlaceOrder order) {
                MarketState market = markets.apply(order.terms().ticker());
                if (market == null) {
                    inherited.add(order);
                } else {
                    inherit(market, order, nowNanos);
                }
            }
        }
    }

    /** A market has become known: an order of an earlier life of this worker may be waiting in it. */
    void listed(MarketState market, long nowNanos) {
        for (Iterator<Command.PlaceOrder> i = inherited.iterator(); i.hasNext(); ) {
            Command.PlaceOrder order = i.next();
            if (order.terms().ticker().equals(market.ticker())) {
                i.remove();
                inherit(market, order, nowNanos);
            }
        }
    }

    private void inherit(MarketState market, Command.PlaceOrder order, long nowNanos) {
        market.pending(order.id(), order.purpose(), nowNanos);
        market.isPendingUnknown = true;
        market.nextResolveNanos = nowNanos;
        money.orderSent(nowNanos);
    }

    /** The exchange says now that the market is final: whatever was asked too early does not count. */
    void becameFinal(String ticker, long nowNanos) {
        Asking asking = asked.get(ticker);
        if (asking != null) {
            asking.attempts = 0;
            asking.nextNanos = Long.MIN_VALUE;
        }
        settle(ticker, nowNanos);
    }

    /** The market is final: its settlement is to be booked, if we ever held anything of it. */
    void settle(String ticker, long nowNanos) {
        Account.Position position = money.account().position(ticker);
        if (position == null || position.isSettled()) {
            return;
        }
        Asking asking = asked.computeIfAbsent(ticker, unseen -> new Asking());
        if (nowNanos >= asking.nextNanos) {
            asking.attempts++;
            // 4, 8 … 64 seconds between questions: a settlement may take hours, and is asked for until it is there.
            asking.nextNanos = nowNanos + (2 * SECOND_NANOS << Math.min(asking.attempts, 5));
            out.on(new EngineOutput.Intent(
                    new Command.Settle(header("settle", ticker, nowNanos, asking.attempts), ticker)));
        }
    }

    /** A market has had its decision of this second. */
    void decided(long nowNanos, @Nullable Gate keptOut) {
        dark.decided(nowNanos, keptOut);
    }

    /** Once a second. */
    void second(List<MarketState> all, long nowNanos) {
        for (MarketState market : all) {
            resolve(market, nowNanos);
        }
        dark.second(nowNanos).ifPresent(text -> alert(nowNanos, "", text));
        watch.second(money.account(), nowNanos).ifPresent(finding -> {
            if (finding.isFirst()) {
                alert(nowNanos, finding.ticker(), finding.text());
            }
            out.on(new EngineOutput.Intent(new Command.Reconcile(header("doubt", finding.ticker(), nowNanos, 0))));
        });
        for (Account.Position position : money.account().positions().values()) {
            if (!position.isSettled()) {
                unsettled(position, nowNanos);
            }
        }
    }

    private void unsettled(Account.Position position, long nowNanos) {
        MarketState market = markets.apply(position.ticker());
        // A market that is not listed any more closed while nobody was looking.
        long closedNanos = market == null
                ? SETTLE_UNASKED_NANOS
                : nowNanos - market.definition().closeNanos();
        if ((market != null && market.isFinal) || closedNanos >= SETTLE_UNASKED_NANOS) {
            settle(position.ticker(), nowNanos);
        }
        if (closedNanos >= ALERT_UNSETTLED_NANOS) {
            Asking asking = asked.computeIfAbsent(position.ticker(), unseen -> new Asking());
            if (!asking.isAlerted) {
                asking.isAlerted = true;
                alert(nowNanos, position.ticker(), "not settled 10 minutes after close; still asking");
            }
        }
    }

    private void resolve(MarketState market, long nowNanos) {
        if (market.pendingId != null && nowNanos >= market.nextResolveNanos) {
            market.resolveAttempts++;
            market.nextResolveNanos = nowNanos + (5 * SECOND_NANOS << Math.min(market.resolveAttempts, 4));
            if (market.resolveAttempts == 3) {
                alert(nowNanos, market.ticker(), "command " + market.pendingId + " still without an outcome");
            }
            out.on(new EngineOutput.Intent(
                    new Command.Reconcile(header("reconcile", market.ticker(), nowNanos, market.resolveAttempts))));
        }
    }

    private Command.Header header(String kind, String ticker, long nowNanos, long attempt) {
        return new Command.Header(
                ids.of(kind, ticker, nowNanos, attempt), settings.lane(), nowNanos, Long.MAX_VALUE, 0, 0);
    }

    private void alert(long nowNanos, String ticker, String text) {
        out.on(new EngineOutput.Status(nowNanos, EngineOutput.Status.Level.ALERT, ticker, text));
    }
}
