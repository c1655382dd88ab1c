package voltage.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import voltage.market.BookDelta;
import voltage.market.Candle;
import voltage.market.CandleSeries;
import voltage.market.FeeSchedule;
import voltage.market.MarketDefinition;
import voltage.market.MarketEvent;
import voltage.market.MarketKey;
import voltage.market.MarketKeys;
import voltage.market.Side;
import voltage.market.StrikeType;
import voltage.market.TickGrid;
import voltage.market.Venue;
import voltage.order.BookSide;
import voltage.order.Command;
import voltage.order.CommandRecord;
import voltage.order.ExecutionReport;
import voltage.order.Fill;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.LaneSwitched;
import voltage.order.LedgerEntry;
import voltage.order.LedgerLoaded;
import voltage.order.RefusalReason;
import voltage.order.Settlement;
import voltage.strategy.EntryRecord;
import voltage.strategy.EntryScreen;
import voltage.strategy.MarketView;
import voltage.strategy.Opinion;
import voltage.strategy.Strategy;
import voltage.strategy.VolatilityForecaster;

/** A real engine, one market of a quarter of an hour, and events made by hand. Time moves only by {@link #pass}. */
final class EngineHarness {
    static final long SECOND = 1_000_000_000L;
    static final long MINUTE = 60 * SECOND;
    static final long DAY = 86_400 * SECOND;
    /** Wednesday 2026-11-18, 12:00 UTC. */
    static final long OPEN = 20_775 * DAY + 720 * MINUTE;

    static final long CLOSE = OPEN + 15 * MINUTE;
    static final long PRICE_E4 = 1_000_000_000L;
    static final long DOLLAR_E6 = 1_000_000L;
    static final String M = "KXBTC15M-26NOV181215-15";

    final MarketKeys keys = new MarketKeys();
    final MarketKey key = keys.of(M);
    final List<Decision> decisions = new ArrayList<>();
    final List<Command> commands = new ArrayList<>();
    final List<MarketKey> booksNeeded = new ArrayList<>();
    final List<EngineOutput.Status> statuses = new ArrayList<>();
    final List<EntryRecord> trades = new ArrayList<>();
    final Engine engine;
    int forecastsNeeded;

    long now = OPEN + MINUTE;
    double probability = 0.65;
    int direction;
    boolean hasNeutral;
    boolean isExchangePaused;
    boolean saysStatus = true;
    private long sequence;
    private int fills;

    private final class Forecast implements Strategy {
        @Override
        public String name() {
            return "forecast";
        }

        @Override
        public Pace pace() {
            return Pace.PRICE;
        }

        @Override
        public void evaluate(MarketView view, Opinion out) {
            if (!Double.isNaN(probability)) {
                out.probability(probability);
            }
        }
    }

    private final class Indicator implements Strategy {
        @Override
        public String name() {
            return "indicator";
        }

        @Override
        public Pace pace() {
            return Pace.BOOK;
        }

        @Override
        public void evaluate(MarketView view, Opinion out) {
            out.direction(direction, direction * 1_000_000);
        }
    }

    /** Speaks only if it is made to, and then for neither side: with the other's support the conviction is NORMAL. */
    private final class Neutral implements Strategy {
        @Override
        public String name() {
            return "neutral";
        }

        @Override
        public Pace pace() {
            return Pace.BOOK;
        }

        @Override
        public void evaluate(MarketView view, Opinion out) {
            if (hasNeutral) {
                out.direction(0, 0);
            }
        }
    }

    private static final class Still implements VolatilityForecaster {
        @Override
        public String name() {
            return "still";
        }

        @Override
        public double perSqrtSecond(CandleSeries minutes) {
            return 5e-5;
        }
    }

    EngineHarness() {
        this(Lane.PAPER, EntryScreen.ABSENT);
    }

    EngineHarness(Lane lane, EntryScreen screen) {
        this(EngineSettings.defaults(lane).believing(5_000), screen);
    }

    EngineHarness(EngineSettings settings) {
        this(settings, EntryScreen.ABSENT);
    }

    private EngineHarness(EngineSettings settings, EntryScreen screen) {
        engine = new Engine(
                settings,
                List.of(new Forecast(), new Indicator(), new Neutral()),
                "forecast",
                new Still(),
                screen,
                this::output);
    }

    private void output(EngineOutput output) {
        switch (output) {
            case EngineOutput.Decided decided -> decisions.add(decided.decision());
            case EngineOutput.Intent intent -> commands.add(intent.command());
            case EngineOutput.BookNeeded needed -> booksNeeded.add(needed.market());
            case EngineOutput.Status status -> statuses.add(status);
            case EngineOutput.TradeRecorded recorded -> trades.add(recorded.trade());
            case EngineOutput.ForecastNeeded needed -> forecastsNeeded++;
        }
    }

    /** Everything that an entry needs but the book. */
    EngineHarness ready() {
        return load(deposit(1_000)).history(0, 100).list().spot();
    }

    EngineHarness pass(long nanos) {
        now += nanos;
        return this;
    }

    /** So many seconds, each with its timer and fresh spot prices, the book untouched. */
    EngineHarness seconds(int seconds) {
        for (int i = 0; i < seconds; i++) {
            now += SECOND;
            spot();
            timer();
        }
        return this;
    }

    EngineHarness timer() {
        engine.on(new MarketEvent.Timer(now));
        return this;
    }

    EngineHarness quote(Venue venue, long priceE4) {
        engine.on(new MarketEvent.SpotQuote(venue, priceE4, priceE4, now, now));
        return this;
    }

    EngineHarness spot() {
        return status().quote(Venue.KRAKEN, PRICE_E4).quote(Venue.COINBASE, PRICE_E4);
    }

    /** What the exchange says of itself, if it says anything. */
    EngineHarness status() {
        return saysStatus ? on(new MarketEvent.MarketPaused(List.of(), isExchangePaused, now, now)) : this;
    }

    /** Four hours of minutes before open; over the last one the price moves by {@code hourMoveE6}, each spans 2 × {@code halfE6}. */
    EngineHarness history(int hourMoveE6, int lastHalfSpanE6) {
        for (int back = 240; back >= 1; back--) {
            long close = PRICE_E4 / 1_000_000 * (1_000_000 - (long) hourMoveE6 * Math.min(back - 1, 60) / 60);
            long half = PRICE_E4 / 1_000_000 * (back <= 15 ? lastHalfSpanE6 : 100);
            Candle candle = new Candle(OPEN - back * MINUTE, close, close + half, close - half, close, 1, 1, false);
            engine.on(new MarketEvent.SpotCandle(Venue.KRAKEN, 1, candle, true, true, now, now));
        }
        return status();
    }

    MarketDefinition definition(MarketKey marketKey, long open, OptionalLong strike, TickGrid grid) {
        return new MarketDefinition(
                marketKey,
                "E",
                "KXBTC15M",
                StrikeType.GREATER_OR_EQUAL,
                strike,
                OptionalLong.empty(),
                open,
                open + 15 * MINUTE,
                grid,
                FeeSchedule.QUADRATIC,
                2);
    }

    EngineHarness list(MarketDefinition definition) {
        engine.on(new MarketEvent.MarketListed(definition, now, now));
        return this;
    }

    EngineHarness list() {
        return list(definition(key, OPEN, OptionalLong.of(PRICE_E4), TickGrid.LINEAR_CENT));
    }

    EngineHarness book(int yesBidE4, int noBidE4, long countE2) {
        engine.on(new MarketEvent.BookSnapshot(
                key,
                new int[] {yesBidE4},
                new long[] {countE2},
                new int[] {noBidE4},
                new long[] {countE2},
                ++sequence,
                now,
                now));
        return this;
    }

    /** 48 bid, 50 asked, deep enough for anything. */
    EngineHarness book() {
        return book(4_800, 5_000, 100_000);
    }

    /** As REST has it, without a sequence number. */
    EngineHarness polledBook(int yesBidE4, int noBidE4) {
        long[] counts = {100_000};
        return on(new MarketEvent.BookSnapshot(
                key, new int[] {yesBidE4}, counts, new int[] {noBidE4}, counts, 0, now, now));
    }

    EngineHarness delta(Side side, int priceE4, long deltaE2) {
        engine.on(new BookDelta(key).set(key, side, priceE4, deltaE2, ++sequence, now, now));
        return this;
    }

    EngineHarness damage() {
        engine.on(new MarketEvent.BookDamaged(key, MarketEvent.Damage.SEQUENCE_GAP, now, now));
        return this;
    }

    /** What a set of models says now of the minutes until now. */
    EngineHarness forecast(String model, double volatility) {
        return on(new MarketEvent.Forecast(
                model, false, now / MINUTE * MINUTE, (long) (volatility * 1e12), 4, List.of(), now, now));
    }

    EngineHarness forecastFailed(String model, String reason) {
        return on(new MarketEvent.ForecastFailed(model, false, reason, now, now));
    }

    Decision lastDecision() {
        return decisions.getLast();
    }

    EngineHarness on(MarketEvent event) {
        engine.on(event);
        return this;
    }

    EngineHarness lane(boolean armed, boolean paused, boolean halted) {
        return on(new LaneSwitched(new LaneState(armed, paused, halted, 0, 0, 1), "test", now, now));
    }

    /** Stops entries without an order, for arranging what would otherwise trade at once. */
    EngineHarness pause() {
        return lane(true, true, false);
    }

    EngineHarness resume() {
        return lane(true, false, false);
    }

    static LedgerEntry deposit(long dollars) {
        return new LedgerEntry.Deposited("d", dollars * DOLLAR_E6, OPEN - 14 * DAY);
    }

    /** A market that was bought for so many dollars and paid nothing. */
    static List<LedgerEntry> lost(long dollars, long nanos) {
        Fill fill = new Fill("lost", "o", "LOST", BookSide.BID, 5_000, dollars * 200, 0, true, nanos);
        return List.of(
                new LedgerEntry.Filled(fill, "c"),
                new LedgerEntry.Settled(new Settlement("LOST", Side.NO, dollars * 200, 0, 0, nanos + 1)));
    }

    EngineHarness load(LedgerEntry... entries) {
        return load(List.of(entries), List.of());
    }

    EngineHarness load(List<LedgerEntry> entries, List<CommandRecord> unfinished) {
        return on(new LedgerLoaded(entries, unfinished, LaneState.initial(Lane.PAPER), now, now));
    }

    EngineHarness filled(Command.PlaceOrder order, long countE2, boolean isDone) {
        var terms = order.terms();
        Fill fill = new Fill(
                "t" + fills++, "o", terms.ticker(), terms.bookSide(), terms.yesPriceE4(), countE2, 0, true, now);
        return on(new ExecutionReport.Filled(order.id(), terms.ticker(), "o", List.of(fill), isDone, now, now));
    }

    EngineHarness filled(Command.PlaceOrder order) {
        return filled(order, order.terms().countE2(), true);
    }

    EngineHarness refused(Command.PlaceOrder order, RefusalReason reason) {
        return on(new ExecutionReport.Refused(order.id(), order.terms().ticker(), reason, "test", now, now));
    }

    List<Command.PlaceOrder> orders() {
        return commands.stream()
                .filter(Command.PlaceOrder.class::isInstance)
                .map(Command.PlaceOrder.class::cast)
                .toList();
    }

    <T extends Command> List<T> commands(Class<T> type) {
        return commands.stream().filter(type::isInstance).map(type::cast).toList();
    }

    Command.PlaceOrder lastOrder() {
        return orders().getLast();
    }

    Decision last() {
        return decisions.getLast();
    }

    @Nullable
    Gate firstFailing() {
        return last().firstFailing().orElse(null);
    }

    GateResult gate(Gate gate) {
        return Objects.requireNonNull(last().gates().get(gate.ordinal()));
    }

    /** An entry, filled whole: 48 bid, 50 asked, YES held. */
    EngineHarness holding() {
        ready().book();
        return filled(lastOrder());
    }

    /** An entry with every indicator's support into a small account: big enough for the stop to matter. */
    EngineHarness holdingMuch() {
        direction = 1;
        load(deposit(400)).history(0, 100).list().spot().book();
        return filled(lastOrder());
    }

    /** A second later the market thinks little of YES: 5 bid, 7 asked. */
    EngineHarness fall() {
        return seconds(1).book(500, 9_300, 100_000);
    }

    static CommandRecord unfinished(Command command) {
        return new CommandRecord(command, new voltage.order.CommandState.Sending(1), List.of());
    }
}
