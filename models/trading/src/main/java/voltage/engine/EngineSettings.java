package voltage.engine;

import voltage.market.TradedSeries;
import voltage.order.Lane;
import voltage.risk.RiskLimits;

/**
 * Everything about an engine that may be tuned.
 *
 * @param lane where its commands go
 * @param limits hard limits; no market outside their series is known to the engine at all
 * @param minSpotSources fresh venues needed for an entry
 * @param spotFreshNanos age at which a venue's price is no longer fresh
 * @param spotApartShareE4 how far fresh venues may differ, in ten-thousandths
 * @param bookFreshNanos age at which a book is no longer fresh: 500 ms
 * @param exchangeFreshNanos age at which the exchange's last word on whether it trades no longer counts; until the first there is no
 *     entry. 0 where nothing says it: then the life cycle of the markets alone does
 * @param leastOpenSeconds no entries in a market's first seconds
 * @param atrLimitE6 true range over its mean above which the regime counts as high, in millionths
 * @param maxSpreadE4 widest spread
 * @param minPriceE4 lowest price paid
 * @param maxPriceE4 highest price paid
 * @param trendLimitE6 one-hour change against the side above which no entry is made, in millionths
 * @param minEdgeE4 least expected profit a contract after fees
 * @param modelWeightE4 how far the forecast is believed against the market's price: 10 000 wholly, 0 not at all
 * @param kellyShareE4 fraction of Kelly: 2 500 for a quarter
 * @param riskShareE4 share of equity at risk in one trade: 200 for 2 %
 * @param convictionSharesE4 multipliers for HIGH, NORMAL and LOW
 * @param halvingDrawdownShareE4 drawdown from which sizes are halved
 * @param takerValidNanos after this an entry must be refused
 * @param stopShareE4 loss of a position, as a share of the day's first equity, at which it is sold: 200 for 2 %
 * @param stopCostShareE4 loss of a position, as a share of what it cost, at which it is sold; whichever comes first. Sizes being capped
 *     at {@code riskShareE4} of equity, the share of equity alone would be reached only when all is lost. 7 500: three quarters of
 *     the largest position (2.6 %) are 1.95 % of equity, so no stop waits longer than for the 2 %; and the widest spread at the lowest
 *     price that is bought, with both fees, costs 65 %, so no position is stopped for having been opened
 * @param expiryGuardSeconds in a market's last seconds a position worth more sold than held is sold
 * @param exitCutoffSeconds no exits later than this before close
 * @param signalExitCandles completed minutes after entry before an opposite signal may end a position
 * @param exitSlippageE4 how far below the best bid an exit may sell
 * @param cooldownSeconds no entry in a market for this long after an exit from it
 * @param maxExitAttempts unsuccessful exits of one position before it is left to settlement, with an alert
 * @param forecastFreshNanos how long after the minute that it knows the models' forecast counts: two minutes and the time to make it
 * @param needsModels whether there is no entry without the models; else HAR stands in for them
 */
public record EngineSettings(
        Lane lane,
        RiskLimits limits,
        int minSpotSources,
        long spotFreshNanos,
        int spotApartShareE4,
        long bookFreshNanos,
        long exchangeFreshNanos,
        int leastOpenSeconds,
        int atrLimitE6,
        int maxSpreadE4,
        int minPriceE4,
        int maxPriceE4,
        int trendLimitE6,
        int minEdgeE4,
        int modelWeightE4,
        int kellyShareE4,
        int riskShareE4,
        ConvictionShares convictionSharesE4,
        int halvingDrawdownShareE4,
        long takerValidNanos,
        int stopShareE4,
        int stopCostShareE4,
        int expiryGuardSeconds,
        int exitCutoffSeconds,
        int signalExitCandles,
        int exitSlippageE4,
        int cooldownSeconds,
        int maxExitAttempts,
        long forecastFreshNanos,
        boolean needsModels) {

    /**
     * Beside the market's own price our forecasts keep no weight in the strictest test there is ({@code ./voltage evaluate}), so with real money
     * they have none until somebody who has measured otherwise gives them one.
     */
    private static final int REAL_MONEY_WEIGHT_E4 = 0;

    private static final int PLAY_MONEY_WEIGHT_E4 = 5_000;

    /** Size multipliers by conviction, in ten-thousandths. */
    public record ConvictionShares(int high, int normal, int low) {}

    /** What a lane starts with. */
    public static EngineSettings defaults(Lane lane) {
        boolean isRealMoney = lane == Lane.LIVE || lane == Lane.CANARY;
        return new EngineSettings(
                lane,
                RiskLimits.DEFAULT.withSeries(TradedSeries.QUARTER_HOUR),
                2,
                5_000_000_000L,
                20,
                500_000_000L,
                60_000_000_000L,
                5,
                2_500_000,
                300,
                500,
                9_500,
                8_000,
                100,
                isRealMoney ? REAL_MONEY_WEIGHT_E4 : PLAY_MONEY_WEIGHT_E4,
                2_500,
                200,
                new ConvictionShares(13_000, 10_000, 6_500),
                1_000,
                1_500_000_000L,
                200,
                7_500,
                90,
                3,
                3,
                300,
                90,
                5,
                130_000_000_000L,
                isRealMoney);
    }

    /** Under other limits. */
    public EngineSettings withLimits(RiskLimits newLimits) {
        return with(newLimits, minSpotSources, spotFreshNanos, modelWeightE4, needsModels);
    }

    /** With other demands on the spot sources: a recording has fewer than the world. */
    public EngineSettings withSpot(int newMinSpotSources, long newSpotFreshNanos) {
        return with(limits, newMinSpotSources, newSpotFreshNanos, modelWeightE4, needsModels);
    }

    /** With HAR in the place of models, believed as with play money whatever was set, in any lane: for simulations, which have no models. */
    public EngineSettings withoutModels() {
        return with(limits, minSpotSources, spotFreshNanos, PLAY_MONEY_WEIGHT_E4, false);
    }

    /**
     * With another weight of the forecast beside the market's price.
     *
     * @param newModelWeightE4 0 to 10 000
     */
    public EngineSettings believing(int newModelWeightE4) {
        return with(limits, minSpotSources, spotFreshNanos, newModelWeightE4, needsModels);
    }

    private EngineSettings with(
            RiskLimits newLimits,
            int newMinSpotSources,
            long newSpotFreshNanos,
            int newModelWeightE4,
            boolean newNeedsModels) {
        return new EngineSettings(
                lane,
                newLimits,
                newMinSpotSources,
                newSpotFreshNanos,
                spotApartShareE4,
                bookFreshNanos,
                exchangeFreshNanos,
                leastOpenSeconds,
                atrLimitE6,
                maxSpreadE4,
                minPriceE4,
                maxPriceE4,
                trendLimitE6,
                minEdgeE4,
                newModelWeightE4,
                kellyShareE4,
                riskShareE4,
                convictionSharesE4,
                halvingDrawdownShareE4,
                takerValidNanos,
                stopShareE4,
                stopCostShareE4,
                expiryGuardSeconds,
                exitCutoffSeconds,
                signalExitCandles,
                exitSlippageE4,
                cooldownSeconds,
                maxExitAttempts,
                forecastFreshNanos,
                newNeedsModels);
    }
}
