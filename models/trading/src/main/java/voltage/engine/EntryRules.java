package voltage.engine;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import voltage.market.OrderBook;
import voltage.market.Side;
import voltage.market.TickGrid;
import voltage.order.Account;
import voltage.order.Lane;
import voltage.risk.OrderFlowLimits;
import voltage.risk.RiskLimits;
import voltage.risk.Sizer;
import voltage.strategy.Conviction;
import voltage.strategy.EntryFeatures;
import voltage.strategy.EntryScreen;
import voltage.strategy.Opinion;

/** The gates before an entry and its size. One instance serves all markets; each evaluation refills it. */
final class EntryRules {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long ONE_CONTRACT_E2 = 100;
    private static final int WHOLE_E6 = 1_000_000;

    private final EngineSettings settings;
    private final RiskLimits limits;
    private final OrderFlowLimits flow;
    private final Panel panel;
    private final IndexEstimate index;
    private final ForecastDesk desk;
    private final LaneMoney money;
    private final EntryScreen screen;

    final GateBoard board = new GateBoard();
    final Sizer sizer = new Sizer();

    boolean exchangePaused;
    /** When the exchange last said whether it trades. */
    long exchangeNanos = Long.MIN_VALUE;

    int shrunkYesE6;
    int edgeE4;
    /** +1 for YES, −1 for NO, 0 without a forecast or a two-sided book. */
    int side;

    Conviction conviction = Conviction.CONFLICT;
    boolean isSized;
    /** What the filter was shown and said; of this evaluation only. */
    private @Nullable EntryFeatures features;

    private int winE4 = Opinion.NONE;

    EntryRules(
            EngineSettings settings,
            Panel panel,
            IndexEstimate index,
            ForecastDesk desk,
            LaneMoney money,
            EntryScreen screen) {
        this.settings = settings;
        this.limits = settings.limits();
        flow = limits.flow();
        this.panel = panel;
        this.index = index;
        this.desk = desk;
        this.money = money;
        this.screen = screen;
    }

    /** Judges every gate. Allocates nothing unless a filter is asked, which comes last. */
    void evaluate(MarketState market, long nowNanos) {
        board.clear();
        isSized = false;
        features = null;
        winE4 = Opinion.NONE;
        lane();
        market(market, nowNanos);
        inputs(market, nowNanos);
        chooseSide(market);
        if (side == 0) {
            withoutSide();
        } else {
            price(market, nowNanos);
        }
        ours(market, nowNanos);
        if (side != 0 && board.passesUntil(Gate.ORDERS_A_MINUTE)) {
            size(market);
            filter(market, nowNanos);
        } else {
            board.notApplicable(Gate.POSITION, limits.positionE2());
            board.notApplicable(Gate.EXPOSURE, exposureLimitE6());
            board.notApplicable(Gate.ENTRY_FILTER, screen.thresholdE4());
            board.notApplicable(Gate.SIZE, ONE_CONTRACT_E2);
        }
    }

    /** Asks the filter about an entry that nothing else stops. */
    private void filter(MarketState market, long nowNanos) {
        EntryScreen.Mode mode = screen.mode();
        if (mode == EntryScreen.Mode.ABSENT) {
            board.atLeast(Gate.ENTRY_FILTER, 0, 0);
            return;
        }
        int threshold = screen.thresholdE4();
        if (!board.allPass()) {
            board.notApplicable(Gate.ENTRY_FILTER, threshold);
            return;
        }
        features = features(market, nowNanos);
        winE4 = mode == EntryScreen.Mode.BROKEN ? Opinion.NONE : screen.winE4(features);
        long value = winE4 == Opinion.NONE ? Gate.UNKNOWN : winE4;
        if (mode == EntryScreen.Mode.SHADOW) {
            board.noted(Gate.ENTRY_FILTER, value, threshold);
        } else if (winE4 != Opinion.NONE) {
            board.atLeast(Gate.ENTRY_FILTER, winE4, threshold);
        } else if (failsClosed(settings.lane())) {
            board.unknown(Gate.ENTRY_FILTER, threshold);
        } else {
            board.noted(Gate.ENTRY_FILTER, value, threshold);
        }
    }

    /** Money fails closed; where none is at stake, a filter out of order would cost nothing but trades to learn from. */
    private static boolean failsClosed(Lane lane) {
        return switch (lane) {
            case LIVE, CANARY -> true;
            case PAPER, REPLAY -> false;
        };
    }

    /** What is known of an entry on the chosen side now. */
    EntryFeatures features(MarketState market, long nowNanos) {
        EntryFeatures shown = features;
        return shown != null
                ? shown
                : EntryFeatures.of(market, side > 0 ? Side.YES : Side.NO, market.bookNanos, nowNanos);
    }

    /** What the filter said in the latest evaluation. */
    EntryScreen.Answer answer() {
        return screen.mode() == EntryScreen.Mode.ABSENT
                ? EntryScreen.Answer.NOT_ASKED
                : new EntryScreen.Answer(screen.mode(), screen.version(), winE4, screen.thresholdE4());
    }

    private void lane() {
        var state = money.state();
        var watch = money.watch();
        board.isNot(Gate.PAUSE, state.paused());
        board.isNot(Gate.HALT, state.halted() || !state.armed());
        board.below(Gate.DAILY_LOSS, watch.dailyLossE6(), limits.dailyLossE6());
        board.below(Gate.DAILY_LOSS_SHARE, watch.dailyLossShareE4(), limits.dailyLossShareE4());
        board.below(Gate.WEEKLY_LOSS_SHARE, watch.weeklyLossShareE4(), limits.weeklyLossShareE4());
        board.below(Gate.DRAWDOWN, watch.drawdownShareE4(), limits.drawdownShareE4());
    }

    private void market(MarketState market, long nowNanos) {
        boolean isPaused = exchangePaused || market.isPaused;
        if (!isPaused && !isExchangeKnown(nowNanos)) {
            board.unknown(Gate.EXCHANGE_OPEN, 0);
        } else {
            board.isNot(Gate.EXCHANGE_OPEN, isPaused);
        }
        long openSeconds = Math.floorDiv(nowNanos - market.definition().openNanos(), SECOND_NANOS);
        board.atLeast(Gate.MARKET_OPEN, openSeconds, settings.leastOpenSeconds());
        board.isNot(Gate.STRIKE_KNOWN, !market.definition().strikeKnown());
        long cutoffSeconds = limits.closeCutoffNanos() / SECOND_NANOS;
        long toCloseSeconds = market.isDetermined || market.isFinal ? 0 : market.secondsToClose(nowNanos);
        board.atLeast(Gate.CLOSE_CUTOFF, toCloseSeconds, cutoffSeconds);
    }

    /** Whether there is no use in trying to leave: by a word of the exchange that is not out of date. */
    boolean isKnownPaused(MarketState market, long nowNanos) {
        return market.isPaused || (exchangePaused && isExchangeKnown(nowNanos));
    }

    private boolean isExchangeKnown(long nowNanos) {
        long freshNanos = settings.exchangeFreshNanos();
        return freshNanos == 0 || (exchangeNanos != Long.MIN_VALUE && nowNanos - exchangeNanos <= freshNanos);
    }

    private void inputs(MarketState market, long nowNanos) {
        OrderBook book = market.book();
        board.isNot(Gate.BOOK_WHOLE, !book.isWhole() || !book.isTwoSided() || book.isCrossed());
        long limitMillis = settings.bookFreshNanos() / 1_000_000;
        if (market.bookNanos == Long.MIN_VALUE) {
            board.unknown(Gate.BOOK_AGE, limitMillis);
        } else {
            board.atMost(Gate.BOOK_AGE, Math.ceilDiv(nowNanos - market.bookNanos, 1_000_000), limitMillis);
        }
        board.atLeast(Gate.SPOT_SOURCES, index.freshSources(), settings.minSpotSources());
        board.atMost(Gate.SPOT_AGREEMENT, index.apartShareE4(), settings.spotApartShareE4());
        board.isNot(Gate.MODEL, desk.isMissed());
        board.isNot(Gate.FORECAST, panel.fairYesE6(market) == Opinion.NONE);
        if (market.atrRatioE6 == Opinion.NONE) {
            board.unknown(Gate.ATR_REGIME, settings.atrLimitE6());
        } else {
            board.atMost(Gate.ATR_REGIME, market.atrRatioE6, settings.atrLimitE6());
        }
        board.atMost(Gate.SPREAD, book.spreadE4(), settings.maxSpreadE4());
    }

    /** The forecast drawn towards the market's own price, and the side on which that leaves the better edge. */
    private void chooseSide(MarketState market) {
        int fairYesE6 = panel.fairYesE6(market);
        OrderBook book = market.book();
        if (fairYesE6 == Opinion.NONE || !book.isWhole() || !book.isTwoSided()) {
            side = 0;
            shrunkYesE6 = Opinion.NONE;
            edgeE4 = 0;
            conviction = Conviction.CONFLICT;
            return;
        }
        int midE6 = book.twiceMidE4() * 50;
        shrunkYesE6 = midE6 + (int) ((long) settings.modelWeightE4() * (fairYesE6 - midE6) / 10_000);
        int yesAskE4 = book.askE4(Side.YES);
        int noAskE4 = book.askE4(Side.NO);
        int yesEdgeE4 = edgeE4(shrunkYesE6, yesAskE4, market.feeE6(Side.YES, yesAskE4));
        int noEdgeE4 = edgeE4(WHOLE_E6 - shrunkYesE6, noAskE4, market.feeE6(Side.NO, noAskE4));
        side = yesEdgeE4 >= noEdgeE4 ? 1 : -1;
        edgeE4 = Math.max(yesEdgeE4, noEdgeE4);
        conviction = panel.conviction(market, side);
    }

    private static int edgeE4(int winE6, int askE4, long feeE6) {
        return (int) Math.floorDiv(winE6 - askE4 * 100L - feeE6, 100L);
    }

    private void withoutSide() {
        board.notApplicable(Gate.EDGE, settings.minEdgeE4());
        board.notApplicable(Gate.CONVICTION, 0);
        board.notApplicable(Gate.PRICE_FLOOR, settings.minPriceE4());
        board.notApplicable(Gate.PRICE_CEILING, settings.maxPriceE4());
        board.notApplicable(Gate.TREND, settings.trendLimitE6());
    }

    private void price(MarketState market, long nowNanos) {
        int askE4 = market.book().askE4(side > 0 ? Side.YES : Side.NO);
        board.atLeast(Gate.EDGE, edgeE4, settings.minEdgeE4());
        board.isNot(Gate.CONVICTION, conviction == Conviction.CONFLICT);
        board.atLeast(Gate.PRICE_FLOOR, askE4, settings.minPriceE4());
        board.atMost(Gate.PRICE_CEILING, askE4, settings.maxPriceE4());
        board.atMost(Gate.TREND, -(long) side * market.hourChangeE6, settings.trendLimitE6());
    }

    private void ours(MarketState market, long nowNanos) {
        long pauseSeconds = market.cooldownUntilNanos == Long.MIN_VALUE
                ? 0
                : Math.max(0, Math.ceilDiv(market.cooldownUntilNanos - nowNanos, SECOND_NANOS));
        board.atMost(Gate.COOLDOWN, pauseSeconds, 0);
        if (market.isQuarantined) {
            board.below(Gate.QUARANTINE, flow.rapidExits(), flow.rapidExits());
        } else {
            board.below(Gate.QUARANTINE, market.exitsWithinMinute(nowNanos), flow.rapidExits());
        }
        board.atMost(Gate.IN_FLIGHT, market.pendingId == null ? 0 : 1, 0);
        board.atMost(Gate.HOLDING, heldE2(market), 0);
        board.below(Gate.OPEN_ORDERS, money.ordersInFlight(), limits.openOrders());
        board.below(Gate.ORDER_RATE, money.ordersWithin(SECOND_NANOS, nowNanos), flow.ordersPerSecond());
        board.below(Gate.ORDERS_A_MINUTE, money.ordersWithin(60 * SECOND_NANOS, nowNanos), flow.ordersPerMinute());
    }

    private long heldE2(MarketState market) {
        Account.Position position = market.position(money.account());
        return position == null ? 0 : position.countE2();
    }

    private long exposureLimitE6() {
        return Math.max(0, money.watch().equityE6()) / 10_000 * limits.exposureShareE4();
    }

    private void size(MarketState market) {
        Account account = money.account();
        Side buy = side > 0 ? Side.YES : Side.NO;
        long heldE2 = heldE2(market);
        long exposureLimitE6 = exposureLimitE6();
        long roomE6 = Math.min(exposureLimitE6 - account.worstCaseLossE6(), account.cashE6());
        sizer.size(
                money.watch().equityE6(),
                side > 0 ? shrunkYesE6 : WHOLE_E6 - shrunkYesE6,
                market.book().askE4(buy),
                market.definition().fees(),
                settings.kellyShareE4(),
                settings.riskShareE4(),
                multiplierE4(),
                Math.min(limits.orderSizeE2(), limits.positionE2() - heldE2),
                Math.max(0, roomE6),
                market.book().askCountE2(buy),
                settings.minEdgeE4());
        isSized = true;
        board.atMost(Gate.POSITION, heldE2 + sizer.sentE2(), limits.positionE2());
        // Sizes are cut to the room, so without room for a single contract the size alone would seem to be the reason.
        long leastE6 = Sizer.oneContractE6(
                market.book().askE4(buy), market.definition().fees());
        board.atMost(Gate.EXPOSURE, account.worstCaseLossE6() + Math.max(sizer.costE6(), leastE6), exposureLimitE6);
        board.atLeast(Gate.SIZE, sizer.sentE2(), ONE_CONTRACT_E2);
    }

    private long multiplierE4() {
        var shares = settings.convictionSharesE4();
        long multiplier = switch (conviction) {
            case HIGH -> shares.high();
            case NORMAL -> shares.normal();
            case LOW -> shares.low();
            case CONFLICT -> 0;
        };
        boolean inDrawdown = money.watch().drawdownShareE4() >= settings.halvingDrawdownShareE4();
        return inDrawdown ? multiplier / 2 : multiplier;
    }

    Optional<Side> chosen() {
        return side == 0 ? Optional.empty() : Optional.of(side > 0 ? Side.YES : Side.NO);
    }

    /** What the sizer found, for the record. */
    Decision.Sizing sizing() {
        return isSized
                ? new Decision.Sizing(
                        sizer.kellyE2(),
                        sizer.fixedFractionE2(),
                        sizer.cappedE2(),
                        sizer.sentE2(),
                        sizer.costE6(),
                        sizer.feeE6())
                : Decision.Sizing.NONE;
    }

    /** Probability in millionths that a held side pays, as it is traded on; the market's own without a forecast. */
    int winE6(Side held) {
        return held == Side.YES ? shrunkYesE6 : WHOLE_E6 - shrunkYesE6;
    }

    /** The price to ask for when leaving: a little below the bid, on the grid, never below the lowest order price. */
    static int exitLimitE4(TickGrid grid, int bidE4, int slippageE4) {
        int lowest = grid.priceE4(1);
        return Math.max(lowest, grid.floorE4(Math.max(lowest, bidE4 - slippageE4)));
    }
}
