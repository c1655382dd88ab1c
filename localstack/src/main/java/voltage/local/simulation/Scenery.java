package voltage.local.simulation;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import voltage.local.session.Dice;
import voltage.local.session.SessionEvent;
import voltage.local.session.SessionMarket;
import voltage.market.Candle;
import voltage.market.Side;
import voltage.market.StrikeType;
import voltage.market.TickGrid;
import voltage.market.Venue;

/**
 * The world that is traded in: a price, two venues that print it, and six-minute markets of which two are open at any time, quoted by
 * makers whose idea of the probability is now and then far off, so that there is always something to trade.
 */
final class Scenery {
    static final long SECOND = 1_000_000_000L;
    static final long MINUTE = 60 * SECOND;
    static final long START = instant("2026-10-20T14:00:00Z");
    static final List<Venue> VENUES = List.of(Venue.KRAKEN, Venue.COINBASE);

    private static final int BEFORE_SECONDS = 600;
    private static final int HISTORY_MINUTES = 800;
    private static final double START_PRICE = 65_000;
    private static final double STEP = 4;
    private static final long OPENS_EVERY = 3 * MINUTE;
    private static final long OPEN_FOR = 6 * MINUTE;
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final DateTimeFormatter TICKER_TIME = DateTimeFormatter.ofPattern("yyMMMddHHmm", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTE_SUFFIX = DateTimeFormatter.ofPattern("-mm", Locale.ENGLISH);

    /** The same day before every schedule: making it anew for each would cost more than the schedule. */
    private static final Map<Venue, List<Candle>> HISTORY =
            Map.of(Venue.KRAKEN, history(Venue.KRAKEN), Venue.COINBASE, history(Venue.COINBASE));

    private final long endNanos;
    private final double[] price;
    private final List<SessionMarket> markets = new ArrayList<>();
    private final List<SceneryBook> books = new ArrayList<>();
    private final Dice dice;
    private final Deque<SessionEvent> ready = new ArrayDeque<>();
    private long tradeId = 1_000_000;
    private long second;

    /** @param minutes how long it is traded */
    Scenery(long seed, int minutes) {
        dice = Dice.ofCounted(seed, "scenery");
        endNanos = START + minutes * MINUTE;
        price = new double[BEFORE_SECONDS + minutes * 60 + 120];
        price[BEFORE_SECONDS] = START_PRICE;
        for (int i = BEFORE_SECONDS - 1; i >= 0; i--) {
            price[i] = price[i + 1] + STEP * dice.normal();
        }
        for (int i = BEFORE_SECONDS + 1; i < price.length; i++) {
            price[i] = price[i - 1] + STEP * dice.normal();
        }
        for (long open = START - OPENS_EVERY; open + OPENS_EVERY < endNanos; open += OPENS_EVERY) {
            SessionMarket market = market(open);
            markets.add(market);
            books.add(new SceneryBook(market, Dice.ofCounted(seed, market.ticker())));
        }
    }

    private static long instant(String text) {
        return Instant.parse(text).getEpochSecond() * SECOND;
    }

    private SessionMarket market(long openNanos) {
        long closeNanos = openNanos + OPEN_FOR;
        long strikeE4 = meanE4(openNanos);
        long valueE4 = meanE4(closeNanos);
        var close = Instant.ofEpochSecond(closeNanos / SECOND).atZone(NEW_YORK);
        String event = "KXBTC15M-" + TICKER_TIME.format(close).toUpperCase(Locale.ROOT);
        long determinedNanos = closeNanos + dice.between(3 * SECOND, 13 * SECOND);
        return new SessionMarket(
                event + MINUTE_SUFFIX.format(close),
                event,
                "KXBTC15M",
                StrikeType.GREATER_OR_EQUAL,
                OptionalLong.of(strikeE4),
                openNanos,
                closeNanos,
                openNanos + 700_000_000L,
                OptionalLong.of(valueE4),
                StrikeType.GREATER_OR_EQUAL.paysYes(valueE4, strikeE4, 0) ? Side.YES : Side.NO,
                determinedNanos,
                determinedNanos + SECOND,
                TickGrid.TAPERED_DECI_CENT,
                2);
    }

    /** The settlement index: the mean of the minute before. */
    private long meanE4(long nanos) {
        double sum = 0;
        for (int i = 1; i <= 60; i++) {
            sum += price(nanos - i * SECOND);
        }
        return Math.round(sum / 60 * 100) * 100;
    }

    double price(long nanos) {
        int index = (int) Math.clamp((nanos - START) / SECOND + BEFORE_SECONDS, 0, price.length - 1L);
        return price[index];
    }

    List<SessionMarket> markets() {
        return List.copyOf(markets);
    }

    /** Markets that trade at a moment, oldest first. */
    List<SessionMarket> openAt(long nanos) {
        return markets.stream()
                .filter(market -> nanos >= market.openNanos() && nanos < market.closeNanos())
                .toList();
    }

    /** What is quoted for a market, in cents: the ask of YES is two above it. */
    int bidCents(String ticker) {
        for (SceneryBook book : books) {
            if (book.ticker().equals(ticker)) {
                return book.centre() - 1;
            }
        }
        return 0;
    }

    static List<Candle> candlesBefore(Venue venue) {
        return HISTORY.getOrDefault(venue, List.of());
    }

    @Nullable
    SessionEvent peek() {
        while (ready.isEmpty() && START + second * SECOND < endNanos) {
            make(START + second * SECOND);
            second++;
        }
        return ready.peekFirst();
    }

    void next() {
        ready.removeFirst();
    }

    private void make(long atNanos) {
        List<SessionEvent> events = new ArrayList<>();
        for (Venue venue : VENUES) {
            if (dice.chance(0.4)) {
                double basis = venue == Venue.KRAKEN ? -0.8 : 0.4;
                long priceE4 = Math.round((price(atNanos) + basis + 0.3 * dice.normal()) * 10) * 1_000;
                long moment = atNanos + dice.between(0, SECOND);
                events.add(new SessionEvent.SpotPrint(
                        moment, venue, tradeId++, priceE4, 1_000_000 + dice.below(5_000_000), moment - 5_000_000));
            }
        }
        for (SceneryBook book : books) {
            book.second(atNanos, price(atNanos), STEP, events);
        }
        events.sort(Comparator.comparingLong(SessionEvent::atNanos));
        ready.addAll(events);
    }

    private static List<Candle> history(Venue venue) {
        Dice dice = Dice.ofCounted(7, "history " + venue);
        List<Candle> candles = new ArrayList<>();
        double close = START_PRICE;
        for (int i = 1; i <= HISTORY_MINUTES; i++) {
            double open = close - STEP * 7.7 * dice.normal();
            double high = Math.max(open, close) + Math.abs(STEP * 3 * dice.normal());
            double low = Math.min(open, close) - Math.abs(STEP * 3 * dice.normal());
            candles.addFirst(
                    new Candle(START - i * MINUTE, e4(open), e4(high), e4(low), e4(close), 100_000_000, 60, false));
            close = open;
        }
        return List.copyOf(candles);
    }

    private static long e4(double dollars) {
        return Math.round(dollars * 10) * 1_000;
    }
}
