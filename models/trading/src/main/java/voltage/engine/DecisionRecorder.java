package voltage.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import voltage.market.OrderBook;
import voltage.market.Side;
import voltage.order.Account;
import voltage.order.Command;
import voltage.strategy.Conviction;

/** Writes down what an evaluation found. */
final class DecisionRecorder {
    private final EntryRules entry;
    private final Panel panel;
    private final IndexEstimate index;
    private final ForecastDesk desk;

    DecisionRecorder(EntryRules entry, Panel panel, IndexEstimate index, ForecastDesk desk) {
        this.entry = entry;
        this.panel = panel;
        this.index = index;
        this.desk = desk;
    }

    /** The latest evaluation of a market. */
    Decision record(
            long sequence,
            long nowNanos,
            MarketState market,
            Verdict verdict,
            Account.@Nullable Position position,
            Optional<Command.Purpose> leaving,
            Command.@Nullable PlaceOrder order) {
        OrderBook book = market.book();
        List<Decision.Reading> readings = new ArrayList<>(panel.size());
        for (int i = 0; i < panel.size(); i++) {
            readings.add(
                    new Decision.Reading(panel.strategies().get(i).name(), market.readingsE6[i], market.directions[i]));
        }
        double price = index.price();
        return new Decision(
                sequence,
                nowNanos,
                market.ticker(),
                verdict,
                entry.chosen(),
                Optional.ofNullable(entry.board.firstFailing()),
                entry.board.results(),
                List.copyOf(readings),
                entry.side == 0 ? Conviction.CONFLICT : entry.conviction,
                panel.fairYesE6(market),
                entry.shrunkYesE6,
                book.bidE4(Side.YES),
                book.askE4(Side.YES),
                book.isWhole() && book.isTwoSided() ? book.twiceMidE4() : 0,
                Double.isNaN(price) ? 0 : (long) StrictMath.rint(price * 1e4),
                market.definition().floorStrikeE4().orElse(0),
                Double.isNaN(market.volatility) ? 0 : (long) StrictMath.rint(market.volatility * 1e9),
                desk.forecaster(),
                entry.edgeE4,
                entry.sizing(),
                position == null ? 0 : position.signedE2(),
                market.secondsToClose(nowNanos),
                order == null ? Optional.empty() : Optional.of(order.id()),
                leaving);
    }
}
