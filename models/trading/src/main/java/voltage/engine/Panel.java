package voltage.engine;

import java.util.List;
import voltage.market.CandleHistory;
import voltage.market.CandleSeries;
import voltage.strategy.AverageTrueRange;
import voltage.strategy.Conviction;
import voltage.strategy.Opinion;
import voltage.strategy.Resolver;
import voltage.strategy.Strategy;

/** The strategies at work: asks each at its pace and keeps what it said in the market's state. */
final class Panel {
    private static final int ATR_PERIOD = 14;
    private static final Strategy.Pace[] PACES = Strategy.Pace.values();

    private final List<Strategy> strategies;
    private final int[][] indicesByPace = new int[PACES.length][];
    private final int deciding;
    private final Opinion opinion = new Opinion();

    /** @param strategies the first whose opinion is a probability decides; later probabilities are recorded for comparison */
    Panel(List<Strategy> strategies, String deciding) {
        this.strategies = List.copyOf(strategies);
        int found = -1;
        for (int i = 0; i < strategies.size(); i++) {
            if (strategies.get(i).name().equals(deciding)) {
                found = i;
            }
        }
        if (found < 0) {
            throw new IllegalArgumentException("the deciding strategy must be one of "
                    + strategies.stream().map(Strategy::name).toList() + ", was " + deciding);
        }
        this.deciding = found;
        for (Strategy.Pace pace : PACES) {
            indicesByPace[pace.ordinal()] = java.util.stream.IntStream.range(0, strategies.size())
                    .filter(i -> strategies.get(i).pace() == pace)
                    .toArray();
        }
    }

    int size() {
        return strategies.size();
    }

    List<Strategy> strategies() {
        return strategies;
    }

    /** Asks again all strategies of a pace. */
    void ask(Strategy.Pace pace, MarketState market) {
        for (int i : indicesByPace[pace.ordinal()]) {
            opinion.none();
            strategies.get(i).evaluate(market, opinion);
            market.readingsE6[i] = opinion.readingE6();
            market.directions[i] = opinion.direction();
            market.probabilitiesE6[i] = opinion.probabilityYesE6();
        }
    }

    /** A minute has closed: everything that is made of candles. */
    void candles(MarketState market, CandleHistory history) {
        market.candles(history);
        market.atrRatioE6 = AverageTrueRange.ratioE6(history.fives(), ATR_PERIOD);
        CandleSeries minutes = history.minutes();
        market.hourChangeE6 = minutes.size() <= 60
                ? 0
                : (int) ((minutes.last().closeE4() - minutes.back(60).closeE4())
                        * 1_000_000
                        / minutes.back(60).closeE4());
        ask(Strategy.Pace.CANDLE, market);
    }

    /** The deciding forecast's probability of YES in millionths, or {@link Opinion#NONE}. */
    int fairYesE6(MarketState market) {
        return market.probabilitiesE6[deciding];
    }

    int conflicting(MarketState market, int side) {
        int count = 0;
        for (int direction : market.directions) {
            if (direction == -side) {
                count++;
            }
        }
        return side == 0 ? 0 : count;
    }

    Conviction conviction(MarketState market, int side) {
        int agreeing = 0;
        int indicators = 0;
        for (int i = 0; i < market.directions.length; i++) {
            if (market.probabilitiesE6[i] == Opinion.NONE && market.readingsE6[i] != Opinion.NONE) {
                indicators++;
                if (market.directions[i] == side) {
                    agreeing++;
                }
            }
        }
        return Resolver.resolve(side, agreeing, conflicting(market, side), indicators);
    }
}
