package voltage.local.exchange;

import java.util.ArrayList;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import voltage.local.session.SessionMarket;
import voltage.market.Side;

/** Takes each market through its life by the clock, and pauses trading on request. */
final class Lifecycle {
    /** Kalshi lists a 15-minute market about five hours ahead. */
    private static final long LISTED_AHEAD_NANOS = 5 * 3_600 * WireTime.SECOND;

    private final ExchangeState state;
    private final Matching matching;

    Lifecycle(ExchangeState state, Matching matching) {
        this.state = state;
        this.matching = matching;
    }

    void add(SessionMarket definition) {
        if (state.markets.containsKey(definition.ticker())) {
            return;
        }
        Market market = new Market(definition, state.ids.named(definition.ticker()));
        state.markets.put(definition.ticker(), market);
        long closeNanos = definition.closeNanos();
        plan(definition.openNanos() - LISTED_AHEAD_NANOS, nanos -> list(market, nanos));
        plan(definition.openNanos(), nanos -> enter(market, Market.Phase.OPEN, nanos));
        if (definition.strikeE4().isPresent()) {
            plan(Math.min(definition.strikeKnownNanos(), closeNanos), nanos -> publishStrike(market, nanos));
        }
        plan(closeNanos, nanos -> enter(market, Market.Phase.CLOSED, nanos));
        plan(closeNanos + state.settings.closeCancelNanos(), nanos -> cancelAll(market, "CloseCancel"));
        long determinedNanos = Math.max(definition.determinedNanos(), closeNanos + state.settings.closeCancelNanos());
        plan(determinedNanos, nanos -> determine(market, nanos));
        plan(Math.max(definition.settledNanos(), determinedNanos), nanos -> settle(market, nanos));
    }

    /** What a market's life stamps on it is the planned time, also when its past is caught up with later. */
    private void plan(long nanos, LongConsumer action) {
        state.schedule.at(nanos, () -> action.accept(nanos));
    }

    private static void enter(Market market, Market.Phase phase, long nanos) {
        market.phase = phase;
        market.updatedNanos = nanos;
    }

    private void list(Market market, long nanos) {
        enter(market, Market.Phase.INITIALIZED, nanos);
        market.createdNanos = nanos;
        if (!state.restoring) {
            state.hub.lifecycle(LifecycleMessages.created(market));
        }
    }

    private void publishStrike(Market market, long nanos) {
        market.strikePublished = true;
        market.updatedNanos = nanos;
        if (!state.restoring) {
            state.hub.lifecycle(LifecycleMessages.strike(market));
        }
    }

    private void determine(Market market, long nanos) {
        enter(market, Market.Phase.DETERMINED, nanos);
        if (!state.restoring) {
            state.hub.lifecycle(LifecycleMessages.determined(market, nanos));
        }
    }

    /** Due: paid, or held up, in the course of which a wrong outcome is amended. */
    private void settle(Market market, long nanos) {
        long heldUp = market.heldUpNanos;
        if (heldUp == 0) {
            pay(market, nanos);
            return;
        }
        enter(market, Market.Phase.DISPUTED, nanos);
        if (market.firstResult != null) {
            plan(nanos + heldUp / 2, amended -> {
                enter(market, Market.Phase.AMENDED, amended);
                if (!state.restoring) {
                    state.hub.lifecycle(LifecycleMessages.determined(market, amended));
                }
            });
        }
        plan(nanos + heldUp, paid -> pay(market, paid));
    }

    private void pay(Market market, long nanos) {
        enter(market, Market.Phase.FINALIZED, nanos);
        SessionMarket definition = market.definition;
        for (Account account : state.accounts.values()) {
            Position position = account.held(market);
            if (position != null && !position.settled) {
                pay(account, position, definition);
            }
        }
        if (!state.restoring) {
            state.hub.lifecycle(LifecycleMessages.settled(market, nanos));
        }
    }

    /** A dollar for each contract on the winning side, on the market's own shard. */
    private void pay(Account account, Position position, SessionMarket definition) {
        position.settled = true;
        position.updatedNanos = state.nowNanos;
        if (position.netE2 == 0) {
            state.transaction.changed(account, position); // nothing is held, so nothing is paid and no row appears
            return;
        }
        boolean won = Side.ofPosition(position.netE2) == definition.result();
        long payoutE6 = won ? Math.abs(position.netE2) * 10_000 : 0;
        Settlement settlement = new Settlement(
                state.nextNumber(),
                position.ticker,
                position.eventTicker,
                position.shard,
                definition.result(),
                position.netE2,
                position.costE6,
                position.feesE6,
                payoutE6,
                state.nowNanos);
        account.addCash(position.shard, payoutE6);
        position.realizedE6 += payoutE6 - position.costE6;
        position.netE2 = 0;
        position.costE6 = 0;
        state.transaction.settled(account, settlement, position);
    }

    private void cancelAll(Market market, String reason) {
        for (Side side : Side.values()) {
            market.book.orders(side).forEach(order -> matching.cancel(order, reason));
        }
    }

    void pauseExchange() {
        state.exchangePaused = true;
        cancelOnPause();
    }

    void pauseTrading() {
        state.tradingPaused = true;
        cancelOnPause();
    }

    void resume() {
        state.exchangePaused = false;
        state.tradingPaused = false;
    }

    void pauseMarket(Market market) {
        market.paused = true;
        market.updatedNanos = state.nowNanos;
        for (Side side : Side.values()) {
            market.book.orders(side).stream()
                    .filter(order -> order.cancelOnPause)
                    .forEach(order -> matching.cancel(order, "HaltCancel"));
        }
        state.hub.lifecycle(LifecycleMessages.deactivated(market, true));
    }

    /** A market that trades again starts without its former resting orders. */
    void resumeMarket(Market market) {
        cancelAll(market, "HaltCancel");
        market.paused = false;
        market.updatedNanos = state.nowNanos;
        state.hub.lifecycle(LifecycleMessages.deactivated(market, false));
    }

    private void cancelOnPause() {
        for (Account account : state.accounts.values()) {
            for (Order order : new ArrayList<>(account.resting)) {
                if (order.cancelOnPause) {
                    matching.cancel(order, "HaltCancel");
                }
            }
        }
    }

    /** A strike in dollars for JSON numbers and titles: two places. */
    static String dollars(OptionalLong valueE4) {
        return valueE4.isEmpty()
                ? ""
                : voltage.market.FixedPoint.format(Math.floorDiv(valueE4.getAsLong() + 50, 100), 2);
    }
}
