package voltage.engine;

import java.util.List;
import java.util.Optional;
import voltage.market.AccountEvent;
import voltage.market.BookDelta;
import voltage.market.CandleHistory;
import voltage.market.EventSink;
import voltage.market.MarketDefinition;
import voltage.market.MarketEvent;
import voltage.market.MarketKey;
import voltage.market.OrderBook;
import voltage.market.Side;
import voltage.market.TradedSeries;
import voltage.market.Venue;
import voltage.order.Account;
import voltage.order.Command;
import voltage.order.LaneState;
import voltage.strategy.EntryScreen;
import voltage.strategy.Strategy;
import voltage.strategy.VolatilityForecaster;

/**
 * Decides. The same object in every lane: a deterministic function of its events, single-threaded, without clock, randomness, files or
 * network. The same events give the same outputs, byte for byte.
 *
 * <p>A {@link BookDelta} is applied, its market's gates are judged again, and nothing is allocated unless the verdict or the first
 * failing gate changes.
 */
public final class Engine implements EventSink {
    private final EngineSettings settings;
    private final EngineOutput.Sink out;
    private final IndexEstimate index;
    private final Panel panel;
    private final ForecastDesk desk;
    private final LaneMoney money;
    private final EntryRules entry;
    private final ExitRules exit;
    private final Upkeep upkeep;
    private final OrderMaker orders;
    private final DecisionRecorder recorder;
    private final TradeWatch trades;

    private final Markets markets = new Markets();
    private long nowNanos;
    private long decisions;
    private long lastCandleMinute = Long.MIN_VALUE;

    /**
     * @param strategies in the order in which decisions list them
     * @param deciding the name of the strategy whose probability is traded on
     */
    public Engine(
            EngineSettings settings,
            List<Strategy> strategies,
            String deciding,
            VolatilityForecaster volatility,
            EngineOutput.Sink out) {
        this(settings, strategies, deciding, volatility, EntryScreen.ABSENT, out);
    }

    /** With an entry filter. */
    public Engine(
            EngineSettings settings,
            List<Strategy> strategies,
            String deciding,
            VolatilityForecaster volatility,
            EntryScreen screen,
            EngineOutput.Sink out) {
        this.settings = settings;
        this.out = out;
        index = new IndexEstimate(settings.spotFreshNanos());
        panel = new Panel(strategies, deciding);
        desk = new ForecastDesk(settings, volatility);
        money = new LaneMoney(LaneState.initial(settings.lane()));
        entry = new EntryRules(settings, panel, index, desk, money, screen);
        recorder = new DecisionRecorder(entry, panel, index, desk);
        exit = new ExitRules(settings, panel, entry, money);
        CommandIds ids = new CommandIds(settings.lane());
        orders = new OrderMaker(settings, ids, out);
        upkeep = new Upkeep(settings, money, ids, markets::find, out);
        trades = new TradeWatch(money, out);
    }

    @Override
    public void on(MarketEvent event) {
        nowNanos = event.receivedNanos();
        switch (event) {
            case BookDelta delta -> delta(delta);
            case MarketEvent.BookSnapshot snapshot -> snapshot(snapshot);
            case MarketEvent.BookDamaged damaged -> damaged(damaged);
            case MarketEvent.SpotTrade trade -> {
                index.venue(trade.venue()).trade(trade.priceE4(), trade.sizeE8(), nowNanos);
                priceMoved();
            }
            case MarketEvent.SpotQuote quote -> {
                index.venue(quote.venue()).price((quote.bidE4() + quote.askE4()) / 2, nowNanos);
                priceMoved();
            }
            case MarketEvent.SpotCandle candle -> candle(candle);
            case MarketEvent.IndexValue value -> {
                index.streamed(value);
                priceMoved();
            }
            case MarketEvent.MarketListed listed -> listed(listed.definition());
            case MarketEvent.MarketDetermined determined -> {
                MarketState market = markets.find(determined.market());
                if (market != null) {
                    market.isDetermined = true;
                }
            }
            case MarketEvent.MarketSettled settled -> settled(settled);
            case MarketEvent.MarketPaused paused -> paused(paused);
            case MarketEvent.FeedChanged changed -> feedChanged(changed);
            case MarketEvent.Forecast forecast -> {
                desk.told(forecast);
                forecastChanged();
            }
            case MarketEvent.ForecastFailed failed -> {
                desk.failed(failed);
                forecastChanged();
            }
            case MarketEvent.Timer timer -> second();
            case MarketEvent.ContractTrade trade -> {}
            case MarketEvent.ContractTicker ticker -> {}
            case AccountEvent account -> {
                MarketState market = upkeep.on(account, nowNanos);
                if (market != null) {
                    trades.account(market, nowNanos);
                    decide(market, false);
                } else {
                    trades.account(markets.all(), nowNanos);
                }
            }
        }
    }

    private void delta(BookDelta delta) {
        MarketState market = markets.find(delta.market());
        if (market == null) {
            return;
        }
        OrderBook.Change change = market.book().apply(delta.side(), delta.priceE4(), delta.deltaE2());
        if (change != OrderBook.Change.NOT_WHOLE) {
            market.bookNanos = nowNanos;
            market.bookSequence = delta.sequence();
        }
        if (change == OrderBook.Change.NEGATIVE_LEVEL || change == OrderBook.Change.OFF_GRID) {
            out.on(new EngineOutput.BookNeeded(delta.market()));
        }
        bookMoved(market);
    }

    private void snapshot(MarketEvent.BookSnapshot snapshot) {
        MarketState market = markets.find(snapshot.market());
        if (market == null) {
            return;
        }
        OrderBook book = market.book();
        book.beginSnapshot();
        for (int i = 0; i < snapshot.yesPricesE4().length; i++) {
            book.setLevel(Side.YES, snapshot.yesPricesE4()[i], snapshot.yesCountsE2()[i]);
        }
        for (int i = 0; i < snapshot.noPricesE4().length; i++) {
            book.setLevel(Side.NO, snapshot.noPricesE4()[i], snapshot.noCountsE2()[i]);
        }
        market.bookNanos = nowNanos;
        market.bookSequence = snapshot.sequence();
        bookMoved(market);
    }

    private void damaged(MarketEvent.BookDamaged damaged) {
        MarketState market = markets.find(damaged.market());
        if (market != null) {
            market.book().invalidate();
            bookMoved(market);
        }
    }

    private void settled(MarketEvent.MarketSettled settled) {
        MarketState market = markets.find(settled.market());
        if (market == null) {
            return;
        }
        if (market.isFinal) {
            upkeep.settle(market.ticker(), nowNanos);
        } else {
            market.isFinal = true;
            upkeep.becameFinal(market.ticker(), nowNanos);
        }
    }

    private void bookMoved(MarketState market) {
        market.nowNanos = nowNanos;
        trades.moved(market);
        panel.ask(Strategy.Pace.BOOK, market);
        decide(market, false);
    }

    private void candle(MarketEvent.SpotCandle candle) {
        VenueState venue = index.venue(candle.venue());
        if (candle.isBackfill()) {
            if (candle.minutes() == 1 && candle.isClosed()) {
                venue.candles().backfill(candle.candle());
                lastCandleMinute = Long.MIN_VALUE;
            }
            return;
        }
        venue.price(candle.candle().closeE4(), nowNanos);
        if (candle.minutes() == 1 && candle.isClosed()) {
            venue.closedCandle(candle.candle());
            lastCandleMinute = Long.MIN_VALUE;
        }
        priceMoved();
    }

    private void priceMoved() {
        index.refresh(nowNanos);
        for (int i = 0; i < markets.openCount(); i++) {
            MarketState market = markets.open(i);
            market.nowNanos = nowNanos;
            panel.ask(Strategy.Pace.PRICE, market);
            decide(market, false);
        }
    }

    private void listed(MarketDefinition definition) {
        if (!settings.limits().series().hold(definition.ticker())) {
            return;
        }
        MarketState market = markets.find(definition.key());
        boolean hadStrike = market != null && market.definition().strikeKnown();
        if (market == null) {
            market = new MarketState(definition, index, panel.size());
            markets.add(market);
            upkeep.listed(market, nowNanos);
        } else {
            boolean isNewGrid = !definition.grid().equals(market.definition().grid());
            market.redefine(definition);
            if (isNewGrid) {
                out.on(new EngineOutput.BookNeeded(definition.key()));
            }
        }
        if (!hadStrike && definition.floorStrikeE4().isPresent() && isUpDown(definition)) {
            for (Venue venue : Venue.values()) {
                index.venue(venue).observeStrike(definition.floorStrikeE4().getAsLong(), definition.openNanos());
            }
        }
        markets.refreshOpen(nowNanos);
        if (markets.isOpen(market)) {
            market.nowNanos = nowNanos;
            index.refresh(nowNanos);
            CandleHistory history = index.candles(nowNanos);
            desk.refresh(history.minutes(), nowNanos);
            market.forecast(desk);
            panel.candles(market, history);
            panel.ask(Strategy.Pace.PRICE, market);
        }
    }

    /** Only a market whose strike is the Bitcoin index's own average before open says something about the basis. */
    private static boolean isUpDown(MarketDefinition definition) {
        return TradedSeries.QUARTER_HOUR.hold(definition.ticker());
    }

    private void paused(MarketEvent.MarketPaused paused) {
        if (paused.markets().isEmpty()) {
            if (entry.exchangePaused && !paused.isPaused()) {
                markets.all().forEach(MarketState::resumed);
            }
            entry.exchangePaused = paused.isPaused();
            entry.exchangeNanos = nowNanos;
        }
        for (MarketKey key : paused.markets()) {
            MarketState market = markets.find(key);
            if (market != null) {
                if (market.isPaused && !paused.isPaused()) {
                    market.resumed();
                }
                market.isPaused = paused.isPaused();
            }
        }
    }

    private void feedChanged(MarketEvent.FeedChanged changed) {
        switch (changed.feed()) {
            case KRAKEN_STREAM -> index.venue(Venue.KRAKEN).up(changed.isUp());
            case COINBASE_STREAM -> index.venue(Venue.COINBASE).up(changed.isUp());
            case BINANCE_STREAM -> index.venue(Venue.BINANCE).up(changed.isUp());
            case BINANCE_US_STREAM -> index.venue(Venue.BINANCE_US).up(changed.isUp());
            case KALSHI_REST -> {
                if (!changed.isUp()) {
                    polledBooksEnd();
                }
            }
            // Its decoder tells of each book that its end damages.
            case KALSHI_STREAM -> {}
            case KRAKEN_REST, BINANCE_REST, BINANCE_US_REST, REPORTS, LEDGER, OPERATOR, FORECAST -> {}
        }
        index.refresh(nowNanos);
    }

    /** Polling has no connection that could break a book off: what was polled is no longer what stands there. */
    private void polledBooksEnd() {
        for (int i = 0; i < markets.openCount(); i++) {
            MarketState market = markets.open(i);
            if (market.bookNanos != Long.MIN_VALUE && market.bookSequence == 0) {
                market.book().invalidate();
            }
        }
    }

    /** A whole second: samples, candles, equity, chores, and a decision for each open market. */
    private void second() {
        index.second(nowNanos);
        markets.forgetOver(money.account(), nowNanos);
        markets.refreshOpen(nowNanos);
        long minute = Math.floorDiv(nowNanos - 2_000_000_000L, 60_000_000_000L);
        boolean candlesChanged = minute != lastCandleMinute;
        lastCandleMinute = minute;
        CandleHistory history = index.candles(nowNanos);
        money.mark(markets.all(), nowNanos);
        upkeep.second(markets.all(), nowNanos);
        if (candlesChanged) {
            desk.candlesChanged();
            out.on(new EngineOutput.ForecastNeeded(nowNanos, history.minutes()));
        }
        desk.refresh(history.minutes(), nowNanos);
        if (index.freshSources() > 0) {
            // Where no price is fresh, the feeds are what is told of.
            desk.takeNews(nowNanos)
                    .ifPresent(text ->
                            out.on(new EngineOutput.Status(nowNanos, EngineOutput.Status.Level.ALERT, "", text)));
        }
        for (int i = 0; i < markets.openCount(); i++) {
            MarketState market = markets.open(i);
            market.nowNanos = nowNanos;
            market.forecast(desk);
            if (candlesChanged) {
                panel.candles(market, history);
            }
            panel.ask(Strategy.Pace.PRICE, market);
            decide(market, true);
        }
    }

    /** The models have spoken, or failed to: what is made of volatility is made anew. */
    private void forecastChanged() {
        desk.refresh(index.candles(nowNanos).minutes(), nowNanos);
        for (int i = 0; i < markets.openCount(); i++) {
            markets.open(i).forecast(desk);
        }
        priceMoved();
    }

    /** Judges a market, acts on the judgement, and records it when something changed or a second has passed. */
    private void decide(MarketState market, boolean isDue) {
        if (!market.isOpenAt(nowNanos)) {
            return;
        }
        entry.evaluate(market, nowNanos);
        Account.Position position = market.position(money.account());
        boolean isHolding = position != null && position.isOpen();
        Optional<Command.Purpose> leaving =
                isHolding && position != null ? exit.evaluate(market, position, nowNanos) : Optional.empty();
        Verdict verdict = leaving.isPresent()
                ? Verdict.EXIT
                : isHolding ? Verdict.HOLD : entry.board.allPass() ? Verdict.ENTER : Verdict.STAY_OUT;
        Gate firstFailing = entry.board.firstFailing();
        if (!isDue && verdict == market.recordedVerdict && firstFailing == market.recordedFirstFailing) {
            return;
        }
        market.recordedVerdict = verdict;
        market.recordedFirstFailing = firstFailing;
        Command.PlaceOrder order = switch (verdict) {
            case ENTER -> orders.enter(market, entry, nowNanos, decisions);
            case EXIT ->
                position == null ? null : orders.leave(market, position, leaving.orElseThrow(), nowNanos, decisions);
            case HOLD, STAY_OUT -> null;
        };
        out.on(new EngineOutput.Decided(
                recorder.record(++decisions, nowNanos, market, verdict, position, leaving, order)));
        if (isDue) {
            // Once a second for each market: those in between are about changes and would count restless gates twice.
            upkeep.decided(nowNanos, verdict == Verdict.STAY_OUT ? firstFailing : null);
        }
        if (order != null) {
            market.pending(order.id(), order.purpose(), nowNanos);
            if (verdict == Verdict.ENTER) {
                trades.entering(
                        market,
                        order,
                        entry.side > 0 ? Side.YES : Side.NO,
                        entry.conviction,
                        entry.features(market, nowNanos),
                        entry.answer(),
                        desk.forecaster().label());
            } else {
                trades.leaving(market, order.purpose());
            }
            money.orderSent(nowNanos);
            out.on(new EngineOutput.Intent(order));
        }
    }

    /** How many markets the engine knows, those to come and those not long over included. */
    int markets() {
        return markets.all().size();
    }

    /** The lane's account as the engine knows it, for display. */
    public Account account() {
        return money.account();
    }

    /** Equity at market prices in micro-dollars, for display. */
    public long equityE6() {
        return money.watch().equityE6();
    }

    /** What the operator and the ledger have said about the lane, for display. */
    public LaneState laneState() {
        return money.state();
    }
}
