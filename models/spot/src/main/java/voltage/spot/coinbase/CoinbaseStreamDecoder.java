package voltage.spot.coinbase;

import java.util.ArrayList;
import java.util.Comparator;
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
 * Coinbase's two feeds, told apart frame by frame: the Exchange feed ({@code type} at the top) and Advanced Trade (an envelope with
 * {@code channel} and {@code events}).
 *
 * <p>Trades carry an id that grows by one, the best detector of gaps that Coinbase has. {@code last_match} and snapshots tell of the
 * past. Advanced candles are of five minutes only, and nothing marks them as closed.
 */
public final class CoinbaseStreamDecoder extends SpotDecoder {
    private static final int CANDLE_MINUTES = 5;

    private final String product;

    /** @param product as Coinbase spells it, {@code BTC-USD} */
    public CoinbaseStreamDecoder(String product) {
        super(Venue.COINBASE);
        this.product = product;
    }

    @Override
    protected List<Staged> read(byte[] bytes, int from, int to, long receivedNanos) throws MalformedFrameException {
        Json root = Json.parse(bytes, from, to);
        if (root.has("channel")) {
            return advanced(root, receivedNanos);
        }
        return switch (root.get("type").text()) {
            case "match" -> match(root, false, receivedNanos);
            case "last_match" -> match(root, true, receivedNanos);
            case "ticker" -> ticker(root, root.get("time").instantNanos(), receivedNanos);
            case "heartbeat", "subscriptions" -> nothing();
            case "error" -> refused(reason(root));
            default -> ignored();
        };
    }

    private static String reason(Json root) throws MalformedFrameException {
        String message = root.has("message") ? root.get("message").text() : "no message";
        return root.has("reason") ? message + ": " + root.get("reason").text() : message;
    }

    private List<Staged> match(Json row, boolean isOld, long receivedNanos) throws MalformedFrameException {
        if (!isOurs(row)) {
            return ignored();
        }
        return List.of(trade(row, isOld, receivedNanos));
    }

    private Staged.Trade trade(Json row, boolean isOld, long receivedNanos) throws MalformedFrameException {
        long id = Reading.id(row.get("trade_id"));
        // The side is the maker's in one feed and undocumented in the other: it is left out.
        return new Staged.Trade(
                new SpotTrade(
                        venue(),
                        id,
                        Reading.priceE4(row.get("price")),
                        Reading.sizeE8(row.get("size")),
                        row.get("time").instantNanos(),
                        receivedNanos),
                id,
                isOld);
    }

    private List<Staged> ticker(Json row, long exchangeNanos, long receivedNanos) throws MalformedFrameException {
        // ticker_batch has no quote.
        if (!isOurs(row) || !row.has("best_bid") || !row.has("best_ask")) {
            return ignored();
        }
        return List.of(new Staged.Quote(new SpotQuote(
                venue(), price(row.get("best_bid")), price(row.get("best_ask")), exchangeNanos, receivedNanos)));
    }

    /** An absent side comes as an empty string. */
    private static long price(Json value) throws MalformedFrameException {
        return value.text().isEmpty() ? 0 : value.decimal(4);
    }

    private List<Staged> advanced(Json root, long receivedNanos) throws MalformedFrameException {
        List<Staged> staged = new ArrayList<>();
        if (root.has("sequence_num")) {
            staged.add(new Staged.Sequence(Reading.id(root.get("sequence_num"))));
        }
        switch (root.get("channel").text()) {
            case "market_trades" -> marketTrades(root, receivedNanos, staged);
            case "ticker" -> {
                long exchangeNanos = root.get("timestamp").instantNanos();
                for (Json event : root.get("events").items()) {
                    for (Json row : event.get("tickers").items()) {
                        staged.addAll(ticker(row, exchangeNanos, receivedNanos));
                    }
                }
            }
            case "candles" -> candles(root, staged);
            // A heartbeat's current_time is Go's text for humans: it is not read.
            case "heartbeats", "subscriptions" -> {}
            default -> staged.add(new Staged.Ignored());
        }
        return staged;
    }

    private void marketTrades(Json root, long receivedNanos, List<Staged> staged) throws MalformedFrameException {
        for (Json event : root.get("events").items()) {
            boolean isOld = event.get("type").text().equals("snapshot");
            List<Staged.Trade> trades = new ArrayList<>();
            for (Json row : event.get("trades").items()) {
                if (isOurs(row)) {
                    trades.add(trade(row, isOld, receivedNanos));
                }
            }
            // Coinbase lists the newest first.
            trades.sort(Comparator.comparingLong(Staged.Trade::firstId));
            staged.addAll(trades);
        }
    }

    private void candles(Json root, List<Staged> staged) throws MalformedFrameException {
        long exchangeNanos = root.get("timestamp").instantNanos();
        for (Json event : root.get("events").items()) {
            List<Candle> candles = new ArrayList<>();
            for (Json row : event.get("candles").items()) {
                if (isOurs(row)) {
                    // Trades are not counted in these candles; 1 says that there were some.
                    candles.add(Reading.candle(
                            CANDLE_MINUTES,
                            Reading.unixNanos(row.get("start")),
                            row.get("open"),
                            row.get("high"),
                            row.get("low"),
                            row.get("close"),
                            row.get("volume"),
                            1));
                }
            }
            if (event.get("type").text().equals("snapshot")) {
                staged.add(new Staged.Recent(CANDLE_MINUTES, candles, exchangeNanos));
            } else {
                candles.sort(Comparator.comparingLong(Candle::openNanos));
                for (Candle candle : candles) {
                    staged.add(new Staged.Forming(CANDLE_MINUTES, candle, exchangeNanos));
                }
            }
        }
    }

    private boolean isOurs(Json row) throws MalformedFrameException {
        return row.get("product_id").text().equals(product);
    }
}
