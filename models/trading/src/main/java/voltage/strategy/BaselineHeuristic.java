package voltage.strategy;

import voltage.market.CandleSeries;
import voltage.market.StrikeType;

/**
 * The baseline that every forecast must beat: a logistic curve of the distance to the strike in units of the move to be expected in
 * the time left, plus a little momentum. Capability C3; other models implement {@link Strategy} beside it.
 *
 * <p>{@code p = 1 / (1 + exp(−(1.702·d + 0.25·m)))} with {@code d = ln(S/K) / (σ·√τ)}, 1.702 being the slope at which the logistic
 * follows the normal distribution, and {@code m} the five-minute return in units of its own volatility, held within ±1.
 */
public final class BaselineHeuristic implements Strategy {
    private static final double LOGISTIC_TO_NORMAL = 1.702;
    private static final double MOMENTUM_WEIGHT = 0.25;

    @Override
    public String name() {
        return "baseline";
    }

    @Override
    public Pace pace() {
        return Pace.PRICE;
    }

    @Override
    public void evaluate(MarketView view, Opinion out) {
        double price = view.indexPrice();
        double volatility = view.volatility();
        StrikeType type = view.definition().strikeType();
        if (Double.isNaN(price)
                || !(volatility > 0)
                || !view.definition().strikeKnown()
                || (type != StrikeType.GREATER && type != StrikeType.GREATER_OR_EQUAL)) {
            return;
        }
        double strike = view.definition().floorStrikeE4().getAsLong() / 1e4;
        double secondsLeft = Math.max(1, (view.definition().closeNanos() - view.nowNanos()) / 1e9);
        double distance = StrictMath.log(price / strike) / (volatility * Math.sqrt(secondsLeft));
        double momentum = 0;
        CandleSeries minutes = view.candles().minutes();
        if (minutes.size() > 5) {
            double fiveMinuteReturn = StrictMath.log(
                    (double) minutes.last().closeE4() / minutes.back(5).closeE4());
            momentum = Math.max(-1, Math.min(1, fiveMinuteReturn / (volatility * Math.sqrt(300))));
        }
        double score = LOGISTIC_TO_NORMAL * distance + MOMENTUM_WEIGHT * momentum;
        out.probability(1 / (1 + StrictMath.exp(-score)));
    }
}
