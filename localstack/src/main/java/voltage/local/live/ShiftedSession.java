package voltage.local.live;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import voltage.local.session.Session;
import voltage.local.session.SessionEvent;
import voltage.local.session.SessionMarket;
import voltage.market.Candle;
import voltage.market.Venue;

/**
 * A session as if it happened at another time: every event, candle and market is moved by the same whole number of minutes, and the
 * tickers, which carry a market's time, are moved with them.
 */
final class ShiftedSession implements Session {
    private static final long MINUTE = 60_000_000_000L;
    private static final long QUARTER_HOUR = 15 * MINUTE;
    /** Series, date with the hour or with hour and minute, and the rest. */
    private static final Pattern TICKER = Pattern.compile("([A-Z0-9]+)-([0-9]{2}[A-Z]{3}[0-9]{4}(?:[0-9]{2})?)(-.*)?");

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("yyMMMddHH", Locale.ENGLISH);
    private static final DateTimeFormatter HOUR_AND_MINUTE = DateTimeFormatter.ofPattern("yyMMMddHHmm", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTE_SUFFIX = DateTimeFormatter.ofPattern("-mm", Locale.ENGLISH);

    private final Session inner;
    private final long shiftNanos;
    private final List<SessionMarket> markets;
    private final Map<String, String> tickers = new HashMap<>();

    private ShiftedSession(Session inner, long shiftNanos) {
        this.inner = inner;
        this.shiftNanos = shiftNanos;
        markets = inner.markets().stream().map(this::shifted).toList();
    }

    /**
     * The session begun just before {@code nowNanos}. A simulation keeps its place within the quarter hour, since its settlement index
     * is averaged up to real quarter hours: it began up to 15 minutes ago. A recording, which has no index, began within the last minute.
     */
    static ShiftedSession startingAt(Session session, long nowNanos) {
        long unit = session.source() == Session.Source.SIMULATED ? QUARTER_HOUR : MINUTE;
        return new ShiftedSession(session, Math.floorDiv(nowNanos - session.startNanos(), unit) * unit);
    }

    private SessionMarket shifted(SessionMarket market) {
        long closeNanos = market.closeNanos() + shiftNanos;
        String ticker = renamed(market.ticker(), closeNanos);
        tickers.put(market.ticker(), ticker);
        return new SessionMarket(
                ticker,
                renamed(market.eventTicker(), closeNanos),
                market.seriesTicker(),
                market.strikeType(),
                market.strikeE4(),
                market.openNanos() + shiftNanos,
                closeNanos,
                market.strikeKnownNanos() + shiftNanos,
                market.expirationValueE4(),
                market.result(),
                market.determinedNanos() + shiftNanos,
                market.settledNanos() + shiftNanos,
                market.grid(),
                market.exchangeIndex());
    }

    private static String renamed(String ticker, long closeNanos) {
        Matcher matcher = TICKER.matcher(ticker);
        if (!matcher.matches()) {
            return ticker;
        }
        var close =
                Instant.ofEpochSecond(Math.floorDiv(closeNanos, 1_000_000_000L)).atZone(NEW_YORK);
        String rest = matcher.group(3) == null ? "" : matcher.group(3);
        boolean isMinute = rest.matches("-[0-9]{2}");
        return matcher.group(1)
                + "-"
                + (matcher.group(2).length() == 11 ? HOUR_AND_MINUTE : HOUR)
                        .format(close)
                        .toUpperCase(Locale.ROOT)
                + (isMinute ? MINUTE_SUFFIX.format(close) : rest);
    }

    private String ticker(String recorded) {
        return tickers.getOrDefault(recorded, recorded);
    }

    /** A time stamp that is absent stays absent. */
    private long time(long nanos) {
        return nanos == 0 ? 0 : nanos + shiftNanos;
    }

    private Candle shifted(Candle candle) {
        return new Candle(
                candle.openNanos() + shiftNanos,
                candle.openE4(),
                candle.highE4(),
                candle.lowE4(),
                candle.closeE4(),
                candle.volumeE8(),
                candle.trades(),
                candle.isSynthetic());
    }

    private SessionEvent shifted(SessionEvent event) {
        long at = event.atNanos() + shiftNanos;
        return switch (event) {
            case SessionEvent.BookImage e ->
                new SessionEvent.BookImage(
                        at, ticker(e.ticker()), e.yesPricesE4(), e.yesCountsE2(), e.noPricesE4(), e.noCountsE2());
            case SessionEvent.BookChange e ->
                new SessionEvent.BookChange(
                        at, ticker(e.ticker()), e.side(), e.priceE4(), e.deltaE2(), time(e.exchangeNanos()));
            case SessionEvent.BookLost e -> new SessionEvent.BookLost(at, ticker(e.ticker()));
            case SessionEvent.TickerPrint e ->
                new SessionEvent.TickerPrint(
                        at,
                        ticker(e.ticker()),
                        e.lastE4(),
                        e.lastCountE2(),
                        e.volumeE2(),
                        e.openInterestE2(),
                        time(e.exchangeNanos()));
            case SessionEvent.ContractPrint e ->
                new SessionEvent.ContractPrint(
                        at, ticker(e.ticker()), e.yesPriceE4(), e.countE2(), e.taker(), time(e.exchangeNanos()));
            case SessionEvent.SpotPrint e ->
                new SessionEvent.SpotPrint(
                        at, e.venue(), e.tradeId(), e.priceE4(), e.sizeE8(), time(e.exchangeNanos()));
            case SessionEvent.CandleClosed e -> new SessionEvent.CandleClosed(at, e.venue(), shifted(e.candle()));
            case SessionEvent.IndexPrint e -> new SessionEvent.IndexPrint(at, e.valueE4());
        };
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public Source source() {
        return inner.source();
    }

    @Override
    public long startNanos() {
        return inner.startNanos() + shiftNanos;
    }

    @Override
    public long endNanos() {
        return inner.endNanos() + shiftNanos;
    }

    @Override
    public List<SessionMarket> markets() {
        return markets;
    }

    @Override
    public Set<Venue> venues() {
        return inner.venues();
    }

    @Override
    public List<Candle> history(Venue venue) {
        return inner.history(venue).stream().map(this::shifted).toList();
    }

    @Override
    public List<String> missing() {
        return inner.missing();
    }

    @Override
    public EventCursor open() {
        EventCursor cursor = inner.open();
        return new EventCursor() {
            private @Nullable SessionEvent peeked;

            @Override
            public @Nullable SessionEvent peek() {
                if (peeked == null) {
                    SessionEvent next = cursor.peek();
                    peeked = next == null ? null : shifted(next);
                }
                return peeked;
            }

            @Override
            public SessionEvent next() {
                SessionEvent event = peeked;
                SessionEvent recorded = cursor.next();
                peeked = null;
                return event == null ? shifted(recorded) : event;
            }

            @Override
            public void close() {
                cursor.close();
            }
        };
    }
}
