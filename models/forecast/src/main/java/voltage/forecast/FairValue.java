package voltage.forecast;

import voltage.market.MarketDefinition;
import voltage.strategy.MarketView;
import voltage.strategy.Opinion;
import voltage.strategy.Strategy;

/** Capability A14: from the volatility forecast to the fair probability of each contract family, by {@link SettlementAverage}. */
public final class FairValue implements Strategy {
    @Override
    public String name() {
        return "fair-value";
    }

    @Override
    public Pace pace() {
        return Pace.PRICE;
    }

    @Override
    public void evaluate(MarketView view, Opinion out) {
        MarketDefinition market = view.definition();
        double price = view.indexPrice();
        double volatility = view.volatility();
        if (Double.isNaN(price) || !(volatility > 0) || !market.strikeKnown()) {
            return;
        }
        double secondsLeft = (market.closeNanos() - view.nowNanos()) / 1e9;
        int seen = view.fixingsSeen();
        double mean = SettlementAverage.mean(price, seen, view.fixingsMean());
        double deviation = SettlementAverage.deviation(price, volatility, secondsLeft, seen);
        out.probability(probabilityYes(market, mean, deviation));
    }

    private static double probabilityYes(MarketDefinition market, double mean, double deviation) {
        return switch (market.strikeType()) {
            case GREATER, GREATER_OR_EQUAL -> SettlementAverage.probabilityAtLeast(floor(market), mean, deviation);
            case LESS, LESS_OR_EQUAL -> 1 - SettlementAverage.probabilityAtLeast(cap(market), mean, deviation);
            case BETWEEN ->
                Math.max(
                        0,
                        SettlementAverage.probabilityAtLeast(floor(market), mean, deviation)
                                - SettlementAverage.probabilityAtLeast(cap(market), mean, deviation));
        };
    }

    private static double floor(MarketDefinition market) {
        return market.floorStrikeE4().getAsLong() / 1e4;
    }

    private static double cap(MarketDefinition market) {
        return market.capStrikeE4().getAsLong() / 1e4;
    }
}
