package voltage.forecast.event;

import voltage.strategy.MarketView;
import voltage.strategy.Opinion;
import voltage.strategy.Strategy;

/** Capability A14: from the volatility forecast to the fair probability of each contract family, by {@link ContractProbability}. */
public final class FairValue implements Strategy {
    private static final int NORMAL = 0;

    private int degrees = NORMAL;
    private ContractProbability contracts = new ContractProbability(Tail.NORMAL);

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
        double probability = under(view.tailDegrees())
                .yes(
                        view.definition(),
                        view.indexPrice(),
                        view.volatility(),
                        (view.definition().closeNanos() - view.nowNanos()) / 1e9,
                        view.fixingsSeen(),
                        view.fixingsMean());
        if (!Double.isNaN(probability)) {
            out.probability(probability);
        }
    }

    /** All markets are seen under one forecast, so the latest tail is nearly always the one that is asked for. */
    private ContractProbability under(int newDegrees) {
        if (newDegrees != degrees) {
            degrees = newDegrees;
            contracts = new ContractProbability(newDegrees == NORMAL ? Tail.NORMAL : new StudentT(newDegrees));
        }
        return contracts;
    }
}
