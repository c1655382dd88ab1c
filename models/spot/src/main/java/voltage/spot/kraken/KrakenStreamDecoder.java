package voltage.spot.kraken;

import java.util.ArrayList;
import java.util.List;
import voltage.market.Candle;
import voltage.market.MalformedFrameException;
import voltage.market.MarketEvent.SpotQuote;
import voltage.market.MarketEvent.SpotTrade;
import voltage.market.Venue;
import voltage.spot.Json;
import voltage.spot.Reading;
import voltage.spot.SpotDecoder;
import voltage.spot.Staged;

/**
 * Kraken's WebSocket v2: {@code ohlc} of 1, 5 and 15 minutes, {@code trade}, {@code ticker} and {@code book} of one symbol.
 *
 * <p>Kraken marks no candle as closed and sends a closed one never again. A refused subscription leaves the socket open, with
 * heartbeats and no data: see {@link #refusal()}.
 */
public final class KrakenStreamDecoder extends SpotDecoder {
    private final String symbol;
    private final KrakenBook book = new KrakenBook();
    private String system = "unknown";

    /** @param symbol as v2 spells it, {@code BTC/USD} */
    public KrakenStreamDecoder(String symbol) {
        super(Venue.KRAKEN);
        this.symbol = symbol;
    }

    /** The trading engine's state as last reported: {@code online}, {@code maintenance}, {@code cancel_only} and so on. */
    public String system() {
        return system;
    }

    /** How often the book disagreed with Kraken's checksum; it then gives no quote until the next snapshot. */
    public long checksumFailures() {
        return book.failures();
    }

    @Override
    protected void reset() {
        system = "unknown";
        book.clear();
    }

    @Override
    protected List<Staged> read(byte[] bytes, int from, int to, long receivedNanos) throws MalformedFrameException {
        Json root = Json.parse(bytes, from, to);
        if (root.has("channel")) {
            return switch (root.get("channel").text()) {
                case "ohlc" -> candles(root);
                case "trade" -> trades(root, receivedNanos);
                case "ticker" -> quotes(root, receivedNanos);
                case "book" -> book(root, receivedNanos);
                case "heartbeat" -> nothing();
                case "status" -> status(root);
                default -> ignored();
            };
        }
        if (root.has("error") || (root.has("success") && !root.get("success").flag())) {
            String error = root.has("error") ? root.get("error").text() : "no reason given";
            // Asking twice, too fast, or to leave what is not there is answered with an error and harms nothing
            // lasting.
            boolean isHarmless = error.contains("Already subscribed")
                    || error.contains("msg rate")
                    || (root.has("method") && root.get("method").text().equals("unsubscribe"));
            return isHarmless ? ignored() : refused(error);
        }
        return root.has("method") ? nothing() : ignored();
    }

    private List<Staged> status(Json root) throws MalformedFrameException {
        String reported = system;
        for (Json row : root.get("data").items()) {
            reported = row.get("system").text();
        }
        system = reported;
        return nothing();
    }

    private List<Staged> candles(Json root) throws MalformedFrameException {
        long exchangeNanos = root.has("timestamp") ? root.get("timestamp").instantNanos() : 0;
        boolean isSnapshot = isSnapshot(root);
        List<Staged> staged = new ArrayList<>();
        List<List<Candle>> byLength = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Json row : root.get("data").items()) {
            int minutes = (int) row.get("interval").integer();
            if (!isOurs(row) || !isKept(minutes)) {
                staged.add(new Staged.Ignored());
                continue;
            }
            // The row's own "timestamp" is the end of the candle: using it would shift everything by one.
            Candle candle = Reading.candle(
                    minutes,
                    row.get("interval_begin").instantNanos(),
                    row.get("open"),
                    row.get("high"),
                    row.get("low"),
                    row.get("close"),
                    row.get("volume"),
                    Reading.id(row.get("trades")));
            if (isSnapshot) {
                byLength.get(minutes == 1 ? 0 : minutes == 5 ? 1 : 2).add(candle);
            } else {
                staged.add(new Staged.Forming(minutes, candle, exchangeNanos));
            }
        }
        for (int i = 0; i < byLength.size(); i++) {
            if (!byLength.get(i).isEmpty()) {
                staged.add(new Staged.Recent(i == 0 ? 1 : i == 1 ? 5 : 15, byLength.get(i), exchangeNanos));
            }
        }
        return staged;
    }

    private List<Staged> trades(Json root, long receivedNanos) throws MalformedFrameException {
        boolean isOld = isSnapshot(root);
        List<Staged> staged = new ArrayList<>();
        for (Json row : root.get("data").items()) {
            if (!isOurs(row)) {
                staged.add(new Staged.Ignored());
                continue;
            }
            long id = Reading.id(row.get("trade_id"));
            SpotTrade trade = new SpotTrade(
                    venue(),
                    id,
                    Reading.priceE4(row.get("price")),
                    Reading.sizeE8(row.get("qty")),
                    row.get("timestamp").instantNanos(),
                    receivedNanos);
            staged.add(new Staged.Trade(trade, id, isOld));
        }
        return staged;
    }

    private List<Staged> quotes(Json root, long receivedNanos) throws MalformedFrameException {
        List<Staged> staged = new ArrayList<>();
        for (Json row : root.get("data").items()) {
            if (!isOurs(row)) {
                staged.add(new Staged.Ignored());
                continue;
            }
            long exchangeNanos = row.has("timestamp") ? row.get("timestamp").instantNanos() : 0;
            staged.add(new Staged.Quote(new SpotQuote(
                    venue(), row.get("bid").decimal(4), row.get("ask").decimal(4), exchangeNanos, receivedNanos)));
        }
        return staged;
    }

    private List<Staged> book(Json root, long receivedNanos) throws MalformedFrameException {
        boolean isSnapshot = isSnapshot(root);
        List<KrakenBook.Change> changes = new ArrayList<>();
        long exchangeNanos = 0;
        for (Json row : root.get("data").items()) {
            if (isOurs(row)) {
                changes.add(KrakenBook.Change.read(row, isSnapshot));
                exchangeNanos = row.has("timestamp") ? row.get("timestamp").instantNanos() : 0;
            }
        }
        List<Staged> staged = new ArrayList<>();
        for (KrakenBook.Change change : changes) {
            staged.add(
                    book.apply(change)
                            ? new Staged.Quote(
                                    new SpotQuote(venue(), book.bidE4(), book.askE4(), exchangeNanos, receivedNanos))
                            : new Staged.Ignored());
        }
        return staged;
    }

    private static boolean isSnapshot(Json root) throws MalformedFrameException {
        return root.get("type").text().equals("snapshot");
    }

    private boolean isOurs(Json row) throws MalformedFrameException {
        return row.get("symbol").text().equals(symbol);
    }

    private static boolean isKept(int minutes) {
        return minutes == 1 || minutes == 5 || minutes == 15;
    }
}
