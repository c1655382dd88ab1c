package voltage.engine;

import voltage.market.MarketDefinition;
import voltage.market.Side;
import voltage.order.Account;
import voltage.order.Command;
import voltage.order.OrderTerms;

/** Makes the orders that follow from a verdict, with the book that they were decided on. */
final class OrderMaker {
    private final EngineSettings settings;
    private final CommandIds ids;
    private final EngineOutput.Sink out;

    OrderMaker(EngineSettings settings, CommandIds ids, EngineOutput.Sink out) {
        this.settings = settings;
        this.ids = ids;
        this.out = out;
    }

    /** Buys what the entry rules chose, as a taker. */
    Command.PlaceOrder enter(MarketState market, EntryRules entry, long nowNanos, long decisions) {
        Side buy = entry.side > 0 ? Side.YES : Side.NO;
        MarketDefinition definition = market.definition();
        OrderTerms terms = OrderTerms.take(
                definition.ticker(),
                definition.exchangeIndex(),
                buy,
                market.book().askE4(buy),
                entry.sizer.sentE2());
        return order(
                "entry",
                market,
                terms,
                Command.Purpose.ENTRY,
                nowNanos + settings.takerValidNanos(),
                nowNanos,
                decisions);
    }

    /** Sells all of a position, reducing only; later attempts wait longer, and the last is an alert. */
    Command.PlaceOrder leave(
            MarketState market, Account.Position position, Command.Purpose purpose, long nowNanos, long decisions) {
        MarketDefinition definition = market.definition();
        Side held = position.side();
        OrderTerms terms = OrderTerms.reduce(
                definition.ticker(),
                definition.exchangeIndex(),
                held,
                EntryRules.exitLimitE4(definition.grid(), market.book().bidE4(held), settings.exitSlippageE4()),
                position.countE2());
        market.exitAttempts++;
        market.nextExitNanos = nowNanos + (1_000_000_000L << Math.min(market.exitAttempts, 5));
        if (market.exitAttempts == settings.maxExitAttempts()) {
            out.on(new EngineOutput.Status(
                    nowNanos,
                    EngineOutput.Status.Level.ALERT,
                    market.ticker(),
                    "last of " + settings.maxExitAttempts()
                            + " attempts to leave; after it the position goes to settlement"));
        }
        return order("exit", market, terms, purpose, Long.MAX_VALUE, nowNanos, decisions);
    }

    private Command.PlaceOrder order(
            String kind,
            MarketState market,
            OrderTerms terms,
            Command.Purpose purpose,
            long refuseAfterNanos,
            long nowNanos,
            long decisions) {
        String id = ids.of(kind, market.ticker(), nowNanos, decisions);
        return new Command.PlaceOrder(
                new Command.Header(id, settings.lane(), nowNanos, refuseAfterNanos, 0, 0),
                terms,
                purpose,
                new Command.SeenBook(
                        market.book().bidE4(Side.YES),
                        market.book().askE4(Side.YES),
                        market.bookSequence,
                        market.bookNanos,
                        market.definition().closeNanos()));
    }
}
