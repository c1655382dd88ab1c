package voltage.forecast.event;

import voltage.forecast.SettlementAverage;
import voltage.market.MarketDefinition;

/**
 * What a volatility makes of each contract: probability of YES for up/down and thresholds ({@code GREATER}, {@code LESS} and their
 * equals) and ranges ({@code BETWEEN}), over the exact mean and variance of the settlement average, with a chosen tail.
 *
 * <p>The sum of a few t variables is no t variable: the tail is taken to be the settlement value's own. While it varies, a tie
 * has no probability; once nothing is left to vary, the strike type says who has a tie.
 */
public final class ContractProbability {
    private final Tail tail;

    public ContractProbability(Tail tail) {
        this.tail = tail;
    }

    /**
     * Probability of YES.
     *
     * @param market whose strikes are known, else NaN
     * @param indexPrice the settlement index now, in dollars
     * @param volatility of log price per √s
     * @param secondsLeft to close; only used while {@code fixingsSeen} is 0
     * @param fixingsSeen of the 60 values whose mean decides
     * @param fixingsMean their mean in dollars; ignored if none is seen
     */
    public double yes(
            MarketDefinition market,
            double indexPrice,
            double volatility,
            double secondsLeft,
            int fixingsSeen,
            double fixingsMean) {
        boolean certain = fixingsSeen >= SettlementAverage.FIXINGS;
        if (!market.strikeKnown()
                || !(certain || (indexPrice > 0 && volatility > 0))
                || (fixingsSeen > 0 && Double.isNaN(fixingsMean))) {
            return Double.NaN;
        }
        if (certain) {
            return market.strikeType()
                            .paysYes(
                                    Math.round(fixingsMean * 1e4),
                                    market.floorStrikeE4().orElse(0),
                                    market.capStrikeE4().orElse(0))
                    ? 1
                    : 0;
        }
        double mean = SettlementAverage.mean(indexPrice, fixingsSeen, fixingsMean);
        double deviation = SettlementAverage.deviation(indexPrice, volatility, secondsLeft, fixingsSeen);
        return switch (market.strikeType()) {
            case GREATER, GREATER_OR_EQUAL -> above(market.floorStrikeE4().getAsLong(), mean, deviation);
            case LESS, LESS_OR_EQUAL -> below(market.capStrikeE4().getAsLong(), mean, deviation);
            case BETWEEN ->
                between(market.floorStrikeE4().getAsLong(), market.capStrikeE4().getAsLong(), mean, deviation);
        };
    }

    private double above(long strikeE4, double mean, double deviation) {
        return tail.cumulative((mean - strikeE4 / 1e4) / deviation);
    }

    private double below(long strikeE4, double mean, double deviation) {
        return tail.cumulative((strikeE4 / 1e4 - mean) / deviation);
    }

    /** Taken on the side of the range where both are small, so that a far range is not lost in rounding. */
    private double between(long floorE4, long capE4, double mean, double deviation) {
        boolean isBelow = (floorE4 + capE4) / 2e4 < mean;
        double range = isBelow
                ? below(capE4, mean, deviation) - below(floorE4, mean, deviation)
                : above(floorE4, mean, deviation) - above(capE4, mean, deviation);
        return Math.max(0, range);
    }
}
