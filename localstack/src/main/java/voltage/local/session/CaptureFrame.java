package voltage.local.session;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import voltage.market.FixedPoint;
import voltage.market.Side;
import voltage.market.TickGrid;

/**
 * One line of a capture, {@code {"recv_ns": N, "frame": {...}}}, read whatever the order of its keys. The event it carries is made on
 * request, because its time may have to be raised.
 */
final class CaptureFrame {
    enum Kind {
        CONNECTED,
        SNAPSHOT,
        DELTA,
        TICKER,
        OTHER
    }

    private static final JsonFactory JSON = new JsonFactory();

    private Kind kind = Kind.OTHER;
    private long receivedNanos;
    private String ticker = "";
    private long sequence = -1;
    private long subscription = -1;
    private int priceE4;
    private long deltaE2;
    private Side side = Side.YES;
    private boolean hasSide;
    private boolean hasPrice;
    private boolean hasDelta;
    private long lastCountE2;
    private long volumeE2;
    private long openInterestE2;
    private long exchangeNanos;
    private String type = "";
    private final List<long[]> yes = new ArrayList<>();
    private final List<long[]> no = new ArrayList<>();

    private CaptureFrame() {}

    /** @throws IllegalArgumentException if the line cannot be read; the message says why */
    static CaptureFrame parse(byte[] bytes, int length) {
        CaptureFrame frame = new CaptureFrame();
        boolean received = false;
        try (JsonParser json = JSON.createParser(bytes, 0, length)) {
            require(json.nextToken() == JsonToken.START_OBJECT, "an object");
            boolean whole = false;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "recv_ns" -> {
                        frame.receivedNanos = json.getLongValue();
                        received = true;
                    }
                    case "frame" -> {
                        frame.readFrame(json);
                        whole = true;
                    }
                    default -> json.skipChildren();
                }
            }
            require(received && whole && frame.receivedNanos > 0, "recv_ns and frame");
        } catch (IOException e) {
            throw new IllegalArgumentException("no whole JSON object", e);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        frame.check();
        return frame;
    }

    Kind kind() {
        return kind;
    }

    long receivedNanos() {
        return receivedNanos;
    }

    /** The market, or empty text. */
    String ticker() {
        return ticker;
    }

    /** The subscription's sequence number, or −1: tickers and acknowledgements have none. */
    long sequence() {
        return sequence;
    }

    long subscription() {
        return subscription;
    }

    SessionEvent.BookImage image(long atNanos) {
        return new SessionEvent.BookImage(atNanos, ticker, prices(yes), counts(yes), prices(no), counts(no));
    }

    SessionEvent.BookChange change(long atNanos) {
        return new SessionEvent.BookChange(atNanos, ticker, side, priceE4, deltaE2, exchangeNanos);
    }

    SessionEvent.TickerPrint print(long atNanos) {
        return new SessionEvent.TickerPrint(
                atNanos, ticker, priceE4, lastCountE2, volumeE2, openInterestE2, exchangeNanos);
    }

    private void readFrame(JsonParser json) throws IOException {
        require(json.currentToken() == JsonToken.START_OBJECT, "a frame that is an object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken token = json.nextToken();
            switch (name) {
                case "_control" -> type = json.getText();
                case "type" -> type = json.getText();
                case "seq" -> sequence = json.getLongValue();
                case "sid" -> subscription = json.getLongValue();
                case "market_ticker" -> ticker = json.getText();
                case "msg" -> {
                    if (token == JsonToken.START_OBJECT) {
                        readMessage(json);
                    } else {
                        json.skipChildren();
                    }
                }
                default -> json.skipChildren();
            }
        }
    }

    private void readMessage(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken token = json.nextToken();
            switch (name) {
                case "market_ticker" -> ticker = json.getText();
                case "side" -> {
                    side = json.getText().equals("no") ? Side.NO : Side.YES;
                    hasSide = side == Side.NO || json.getText().equals("yes");
                }
                case "price_dollars" -> {
                    priceE4 = Math.toIntExact(decimal(json, 4));
                    hasPrice = true;
                }
                case "delta_fp" -> {
                    deltaE2 = decimal(json, 2);
                    hasDelta = true;
                }
                case "yes_dollars_fp" -> levels(json, yes);
                case "no_dollars_fp" -> levels(json, no);
                case "last_trade_size_fp" -> lastCountE2 = decimal(json, 2);
                case "volume_fp" -> volumeE2 = decimal(json, 2);
                case "open_interest_fp" -> openInterestE2 = decimal(json, 2);
                // Deltas have their time as text in "ts", tickers in "time" (there "ts" is a number of seconds).
                case "ts", "time" -> {
                    if (token == JsonToken.VALUE_STRING) {
                        exchangeNanos = Times.nanos(Instant.parse(json.getText()));
                    }
                }
                case "ts_ms" -> {
                    if (exchangeNanos == 0) {
                        exchangeNanos = Math.multiplyExact(json.getLongValue(), 1_000_000L);
                    }
                }
                default -> json.skipChildren();
            }
        }
    }

    private static void levels(JsonParser json, List<long[]> levels) throws IOException {
        require(json.currentToken() == JsonToken.START_ARRAY, "a list of levels");
        while (json.nextToken() == JsonToken.START_ARRAY) {
            json.nextToken();
            long price = decimal(json, 4);
            json.nextToken();
            long count = decimal(json, 2);
            require(isPrice(price) && count >= 0, "levels with a price of 0 to 1 and a count of at least 0");
            levels.add(new long[] {price, count});
            require(json.nextToken() == JsonToken.END_ARRAY, "levels of price and count");
        }
    }

    private void check() {
        kind = switch (type) {
            case "ws_connected" -> Kind.CONNECTED;
            case "orderbook_snapshot" -> Kind.SNAPSHOT;
            case "orderbook_delta" -> Kind.DELTA;
            case "ticker" -> Kind.TICKER;
            default -> Kind.OTHER;
        };
        switch (kind) {
            case SNAPSHOT -> require(!ticker.isEmpty() && sequence >= 0, "a snapshot with market and seq");
            case DELTA ->
                require(
                        !ticker.isEmpty() && sequence >= 0 && hasSide && hasPrice && hasDelta && isPrice(priceE4),
                        "a delta with market, seq, side, price and change");
            case TICKER ->
                require(
                        !ticker.isEmpty()
                                && isPrice(priceE4)
                                && volumeE2 >= 0
                                && lastCountE2 >= 0
                                && openInterestE2 >= 0,
                        "a ticker with a market and counts of at least 0");
            case CONNECTED, OTHER -> {}
        }
    }

    private static long decimal(JsonParser json, int scale) throws IOException {
        String text = json.getText();
        return text.isEmpty() ? 0 : FixedPoint.parse(text, scale);
    }

    private static boolean isPrice(long priceE4) {
        return priceE4 >= 0 && priceE4 <= TickGrid.ONE_DOLLAR_E4;
    }

    private static int[] prices(List<long[]> levels) {
        return levels.stream().mapToInt(level -> (int) level[0]).toArray();
    }

    private static long[] counts(List<long[]> levels) {
        return levels.stream().mapToLong(level -> level[1]).toArray();
    }

    private static void require(boolean holds, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(expected + " was expected");
        }
    }

    @Override
    public String toString() {
        return kind + " of " + ticker + " at " + receivedNanos + ", levels "
                + Arrays.toString(new int[] {yes.size(), no.size()});
    }
}
