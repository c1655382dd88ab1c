package voltage.local.session;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import voltage.market.Candle;
import voltage.market.Side;
import voltage.market.StrikeType;
import voltage.market.TickGrid;
import voltage.market.Venue;

/**
 * A session that is made up, always the same for the same seed on every machine: consecutive KXBTC15M markets with books, trades, spot
 * prices, candles and the settlement index. A player needs nothing but this class.
 */
public final class SimulatedSession implements Session {
    /** The seed of {@code ./voltage demo}. */
    public static final long DEFAULT_SEED = 42;

    private static final int DEFAULT_MARKETS = 3;
    private static final long FIRST_OPEN = Times.nanos(Instant.parse("2026-10-20T14:30:00Z"));
    private static final long LEAD = Times.MINUTE;
    private static final long STRIKE_AFTER_OPEN = 700_000_000L;
    private static final int EXCHANGE_INDEX = 2;
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final DateTimeFormatter TICKER_TIME = DateTimeFormatter.ofPattern("yyMMMddHHmm", Locale.ENGLISH);

    private static final DateTimeFormatter MINUTE_SUFFIX = DateTimeFormatter.ofPattern("-mm", Locale.ENGLISH);

    private final long seed;
    private final SimulatedPrices prices;
    private final List<SessionMarket> markets;
    private final Map<Venue, List<Candle>> history = new EnumMap<>(Venue.class);

    public SimulatedSession(long seed) {
        this(seed, DEFAULT_MARKETS);
    }

    /** @param count how many markets, one after the other: 1 to 24 */
    public SimulatedSession(long seed, int count) {
        if (count < 1 || count > 24) {
            throw new IllegalArgumentException("a simulated session has 1 to 24 markets, was " + count);
        }
        this.seed = seed;
        long seconds = (LEAD + count * Times.QUARTER_HOUR) / Times.SECOND + TAIL_SECONDS;
        prices = new SimulatedPrices(seed, startNanos(), Math.toIntExact(seconds));
        List<SessionMarket> made = new ArrayList<>();
        Dice fate = new Dice(seed, "settlement");
        for (int i = 0; i < count; i++) {
            made.add(market(FIRST_OPEN + i * Times.QUARTER_HOUR, fate));
        }
        markets = List.copyOf(made);
        for (SimulatedVenue.Profile profile : SimulatedVenue.ALL) {
            history.put(
                    profile.venue(),
                    SimulatedVenue.history(profile, prices, seed, startNanos(), CandleTable.HISTORY_MINUTES));
        }
    }

    /** Prices go on for a while after the last close, so that nothing looks broken while it is settled. */
    static final int TAIL_SECONDS = 20;

    @Override
    public String name() {
        return "simulated-" + seed;
    }

    @Override
    public Source source() {
        return Source.SIMULATED;
    }

    @Override
    public long startNanos() {
        return FIRST_OPEN - LEAD;
    }

    @Override
    public long endNanos() {
        return markets.getLast().closeNanos() + TAIL_SECONDS * Times.SECOND;
    }

    @Override
    public List<SessionMarket> markets() {
        return markets;
    }

    @Override
    public Set<Venue> venues() {
        return Collections.unmodifiableSet(EnumSet.of(Venue.KRAKEN, Venue.COINBASE, Venue.BINANCE));
    }

    @Override
    public List<Candle> history(Venue venue) {
        return history.getOrDefault(venue, List.of());
    }

    @Override
    public List<String> missing() {
        return List.of();
    }

    @Override
    public EventCursor open() {
        return new SimulatedCursor(seed, prices, markets, startNanos(), endNanos());
    }

    private SessionMarket market(long openNanos, Dice fate) {
        long closeNanos = openNanos + Times.QUARTER_HOUR;
        long strikeE4 = prices.settlementE4(openNanos);
        long valueE4 = prices.settlementE4(closeNanos);
        var close = Times.instant(closeNanos).atZone(NEW_YORK);
        String event = "KXBTC15M-" + TICKER_TIME.format(close).toUpperCase(Locale.ROOT);
        long determinedNanos = closeNanos + 3 * Times.SECOND + fate.below(10_000) * 1_000_000L;
        return new SessionMarket(
                event + MINUTE_SUFFIX.format(close),
                event,
                "KXBTC15M",
                StrikeType.GREATER_OR_EQUAL,
                OptionalLong.of(strikeE4),
                openNanos,
                closeNanos,
                openNanos + STRIKE_AFTER_OPEN,
                OptionalLong.of(valueE4),
                StrikeType.GREATER_OR_EQUAL.paysYes(valueE4, strikeE4, 0) ? Side.YES : Side.NO,
                determinedNanos,
                determinedNanos + Times.SECOND,
                TickGrid.TAPERED_DECI_CENT,
                EXCHANGE_INDEX);
    }
}
