package voltage.spot.binance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import voltage.market.Candle;
import voltage.market.MalformedFrameException;
import voltage.market.MarketEvent.SpotCandle;
import voltage.market.MarketEvent.SpotQuote;
import voltage.market.MarketEvent.SpotTrade;
import voltage.market.Venue;
import voltage.spot.Json;
import voltage.spot.Reading;
import voltage.spot.SpotDecoder;
import voltage.spot.Staged;

/**
 * Binance and Binance.US, raw streams and combined ones: {@code trade}, {@code aggTrade}, {@code bookTicker} and {@code kline} of one
 * symbol. The only venue that marks a closed candle.
 */
public final class BinanceStreamDecoder extends SpotDecoder {
    private final String symbol;
    private long newestBook = -1;

    /**
     * @param venue {@code BINANCE} or {@code BINANCE_US}
     * @param symbol as Binance spells it, {@code BTCUSDT}
     */
    public BinanceStreamDecoder(Venue venue, String symbol) {
        super(venue);
        if (venue != Venue.BINANCE && venue != Venue.BINANCE_US) {
            throw new IllegalArgumentException("the venue must be BINANCE or BINANCE_US, was " + venue);
        }
        this.symbol = symbol.toUpperCase(Locale.ROOT);
    }

    @Override
    protected void reset() {
        newestBook = -1;
    }

    @Override
    protected List<Staged> read(byte[] bytes, int from, int to, long receivedNanos) throws MalformedFrameException {
        Json root = Json.parse(bytes, from, to);
        Json frame = root.has("stream") ? root.get("data") : root;
        if (!frame.isObject()) {
            throw new MalformedFrameException("an object was expected, was " + frame);
        }
        if (frame.has("error")) {
            Json error = frame.get("error");
            return refused(error.has("msg") ? error.get("msg").text() : error.toString());
        }
        if (!frame.has("e")) {
            // A quote is the one stream without an event type; the rest are answers to requests.
            return frame.has("b") && frame.has("a") ? quote(frame, receivedNanos) : ignored();
        }
        return switch (frame.get("e").text()) {
            case "trade" -> isOurs(frame) ? trade(frame, "t", "t", receivedNanos) : ignored();
            case "aggTrade" -> isOurs(frame) ? trade(frame, "f", "l", receivedNanos) : ignored();
            case "kline" -> isOurs(frame) ? candle(frame, receivedNanos) : ignored();
            default -> ignored();
        };
    }

    /** Merged trades bear the ids of those they merge, so either stream, or both, give each trade once. */
    private List<Staged> trade(Json frame, String first, String last, long receivedNanos)
            throws MalformedFrameException {
        SpotTrade trade = new SpotTrade(
                venue(),
                Reading.id(frame.get(last)),
                Reading.priceE4(frame.get("p")),
                Reading.sizeE8(frame.get("q")),
                Reading.unixNanos(frame.get("T")),
                receivedNanos);
        long firstId = Reading.id(frame.get(first));
        if (firstId > trade.tradeId()) {
            throw new MalformedFrameException("the first trade id is not above the last, was " + firstId);
        }
        return List.of(new Staged.Trade(trade, firstId, false));
    }

    private List<Staged> quote(Json frame, long receivedNanos) throws MalformedFrameException {
        if (!isOurs(frame)) {
            return ignored();
        }
        SpotQuote quote =
                new SpotQuote(venue(), frame.get("b").decimal(4), frame.get("a").decimal(4), 0, receivedNanos);
        // It has no time: the book's update number is all that orders it.
        long number = Reading.id(frame.get("u"));
        if (number < newestBook) {
            return ignored();
        }
        newestBook = number;
        return List.of(new Staged.Quote(quote));
    }

    private List<Staged> candle(Json frame, long receivedNanos) throws MalformedFrameException {
        Json row = frame.get("k");
        int minutes = BinanceRestDecoder.minutes(row.get("i").text());
        if (minutes == 0) {
            return ignored();
        }
        Candle candle = Reading.candle(
                minutes,
                Reading.unixNanos(row.get("t")),
                row.get("o"),
                row.get("h"),
                row.get("l"),
                row.get("c"),
                row.get("v"),
                Reading.id(row.get("n")));
        List<Staged> staged = new ArrayList<>(1);
        staged.add(new Staged.Final(new SpotCandle(
                venue(),
                minutes,
                candle,
                row.get("x").flag(),
                false,
                Reading.unixNanos(frame.get("E")),
                receivedNanos)));
        return staged;
    }

    private boolean isOurs(Json frame) throws MalformedFrameException {
        return frame.get("s").text().equals(symbol);
    }
}
