package voltage.training.evaluate;

import java.util.OptionalLong;
import voltage.forecast.event.ContractProbability;
import voltage.market.FeeSchedule;
import voltage.market.MarketDefinition;
import voltage.market.MarketKeys;
import voltage.market.StrikeType;
import voltage.market.TickGrid;
import voltage.training.data.MinuteQuote;

/** An up/down contract of a quarter-hour with its strike as the unit of price: prices are told as multiples of it. */
final class UnitContract {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final long UNIT_E4 = 1_000_000_000L;
    private static final double UNIT = UNIT_E4 / 1e4;
    private static final MarketDefinition CONTRACT = new MarketDefinition(
            new MarketKeys().of("UNIT"),
            "UNIT",
            "KXBTC15M",
            StrikeType.GREATER_OR_EQUAL,
            OptionalLong.of(UNIT_E4),
            OptionalLong.empty(),
            0,
            MinuteQuote.LIFETIME_MINUTES * MINUTE_NANOS,
            TickGrid.TAPERED_DECI_CENT,
            FeeSchedule.QUADRATIC,
            0);

    private UnitContract() {}

    /**
     * Probability of YES before the last minute.
     *
     * @param moved ratio of the price to the strike
     * @param volatility of log price per √s
     * @param secondsLeft in seconds of variance until close, as {@link ContractProbability} takes them
     */
    static double yes(ContractProbability contracts, double moved, double volatility, double secondsLeft) {
        return contracts.yes(CONTRACT, UNIT * moved, volatility, secondsLeft, 0, Double.NaN);
    }
}
