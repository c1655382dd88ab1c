package voltage.local.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import voltage.lambda.execution.BookSource;
import voltage.lambda.execution.BookSource.MarketNow;
import voltage.market.MarketDefinition;
import voltage.market.OrderBook;
import voltage.market.Side;
import voltage.market.Sweep;
import voltage.market.TickGrid;
import voltage.order.Account;
import voltage.order.Command.PlaceOrder;
import voltage.order.CommandRecord;
import voltage.order.Ledger;

/**
 * What it takes to hold nothing: the orders to cancel and the positions to close, with what the books as they stand would give.
 *
 * @param orders of the ledger, not known to have ended
 * @param exits positions of markets that trade
 * @param waiting positions of markets that do not trade any more: only their settlement ends them
 */
public record FlattenPlan(List<OpenOrder> orders, List<Exit> exits, List<Waiting> waiting) {
    /** An order to cancel. */
    public record OpenOrder(String commandId, String ticker, String text) {}

    /**
     * A position to close.
     *
     * @param countE2 contracts held, in hundredths
     * @param worstPriceE4 the least to sell one for, in the held side's scale
     * @param bestBidE4 what the first of them would bring; 0 if nobody bids
     * @param takenE2 contracts that the book would take at that price or better
     * @param proceedsE6 what they would bring before fees
     * @param feesE6 fees of it
     * @param costE6 what the position had cost
     */
    public record Exit(
            String ticker,
            int exchangeIndex,
            Side held,
            long countE2,
            int worstPriceE4,
            int bestBidE4,
            long takenE2,
            long proceedsE6,
            long feesE6,
            long costE6) {
        /** What closing costs against the best bid: walking down the book, and fees. */
        public long closingCostE6() {
            return takenE2 * bestBidE4 - proceedsE6 + feesE6;
        }
    }

    /** A position that cannot be closed any more. */
    public record Waiting(String ticker, Side held, long countE2) {}

    public FlattenPlan {
        orders = List.copyOf(orders);
        exits = List.copyOf(exits);
        waiting = List.copyOf(waiting);
    }

    public boolean isFlat() {
        return orders.isEmpty() && exits.isEmpty() && waiting.isEmpty();
    }

    /**
     * Over the ledger and the books as they stand.
     *
     * @param slippageE4 how far below the price that the book asks for an exit may still sell
     * @throws voltage.lambda.execution.ExchangeUnavailableException if a book cannot be read
     */
    public static FlattenPlan of(LaneAccess lane, int slippageE4) {
        return of(lane.lane(), lane.ledger(), lane.books(), slippageE4);
    }

    static FlattenPlan of(voltage.order.Lane lane, Ledger ledger, BookSource books, int slippageE4) {
        List<OpenOrder> orders = new ArrayList<>();
        for (CommandRecord record : ledger.unfinished(lane)) {
            if (record.command() instanceof PlaceOrder order) {
                orders.add(new OpenOrder(
                        order.id(),
                        order.terms().ticker(),
                        order.terms().bookSide() + " " + record.state().label()));
            }
        }
        Account account = new Account();
        ledger.entries(lane, 0).entries().forEach(account::apply);
        List<Exit> exits = new ArrayList<>();
        List<Waiting> waiting = new ArrayList<>();
        for (Account.Position position : account.positions().values()) {
            if (!position.isOpen()) {
                continue;
            }
            Optional<MarketNow> market = books.market(position.ticker());
            if (market.isPresent() && market.get().isOpen()) {
                exits.add(exit(position, market.get().definition(), market.get().book(), slippageE4));
            } else {
                waiting.add(new Waiting(position.ticker(), position.side(), position.countE2()));
            }
        }
        return new FlattenPlan(orders, exits, waiting);
    }

    private static Exit exit(Account.Position position, MarketDefinition market, OrderBook book, int slippageE4) {
        Side held = position.side();
        TickGrid grid = market.grid();
        int leastE4 = grid.ceilingE4(1);
        // Selling a side is buying the other one.
        Sweep whole = Sweep.buying(book, held.opposite(), TickGrid.ONE_DOLLAR_E4 - leastE4, position.countE2());
        int reachedE4 = whole.levels().isEmpty() ? leastE4 : TickGrid.ONE_DOLLAR_E4 - whole.worstE4();
        int worstE4 = Math.max(leastE4, grid.floorE4(Math.max(leastE4, reachedE4 - slippageE4)));
        long proceedsE6 = whole.countE2() * TickGrid.ONE_DOLLAR_E4 - whole.costE6();
        return new Exit(
                position.ticker(),
                market.exchangeIndex(),
                held,
                position.countE2(),
                worstE4,
                Math.max(0, book.bidE4(held)),
                whole.countE2(),
                proceedsE6,
                whole.takerFeesE6(market.fees()),
                position.costE6());
    }
}
