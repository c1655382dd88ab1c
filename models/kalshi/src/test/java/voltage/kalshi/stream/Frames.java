package voltage.kalshi.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import voltage.market.BookDelta;
import voltage.market.EventSink;
import voltage.market.MalformedFrameException;
import voltage.market.MarketEvent;

/** Frames for tests, and what a decoder makes of them. */
final class Frames {
    static final String TICKER = "KXBTC15M-26NOV211200-00";
    static final long RECEIVED = 1_790_000_000_000_000_000L;

    private Frames() {}

    static String subscribed(long sid, String channel) {
        return "{\"type\":\"subscribed\",\"id\":1,\"msg\":{\"channel\":\"" + channel + "\",\"sid\":" + sid + "}}\n";
    }

    static String snapshot(long sid, long seq, String ticker) {
        return "{\"type\":\"orderbook_snapshot\",\"sid\":" + sid + ",\"seq\":" + seq + ",\"msg\":{\"market_ticker\":\""
                + ticker + "\",\"market_id\":\"f5ed38e2-0991\",\"yes_dollars_fp\":[[\"0.4600\",\"1.50\"],[\"0.4700\","
                + "\"3.00\"]],\"no_dollars_fp\":[[\"0.4800\",\"2.00\"]]}}\n";
    }

    static String delta(long sid, long seq, String ticker) {
        return "{\"type\":\"orderbook_delta\",\"sid\":" + sid + ",\"seq\":" + seq + ",\"msg\":{\"market_ticker\":\""
                + ticker + "\",\"market_id\":\"f5ed38e2-0991-4c8f-817e-08c4fd9cbfdb\",\"price_dollars\":\"0.4700\","
                + "\"delta_fp\":\"-3.00\",\"side\":\"yes\",\"ts\":\"2026-06-11T06:31:29.957081Z\","
                + "\"ts_ms\":1781159489957}}\n";
    }

    /** The events of one frame, each as text, because the delta is reused. */
    static List<String> decode(KalshiStreamDecoder decoder, String frame) throws MalformedFrameException {
        List<String> events = new ArrayList<>();
        decode(decoder, frame, event -> events.add(text(event)));
        return events;
    }

    static void decode(KalshiStreamDecoder decoder, String frame, EventSink out) throws MalformedFrameException {
        byte[] bytes = ("#" + frame + "#").getBytes(StandardCharsets.UTF_8);
        decoder.frame(bytes, 1, bytes.length - 1, RECEIVED, out);
    }

    static List<MarketEvent> events(KalshiStreamDecoder decoder, String frame) throws MalformedFrameException {
        List<MarketEvent> events = new ArrayList<>();
        decode(decoder, frame, events::add);
        return events;
    }

    static String text(MarketEvent event) {
        return switch (event) {
            case BookDelta delta ->
                "delta " + delta.market() + " " + delta.side() + " " + delta.priceE4() + " "
                        + delta.deltaE2() + " #" + delta.sequence() + " @" + delta.exchangeNanos() + " "
                        + delta.receivedNanos();
            case MarketEvent.BookSnapshot book ->
                "snapshot " + book.market() + " "
                        + java.util.Arrays.toString(book.yesPricesE4()) + java.util.Arrays.toString(book.yesCountsE2())
                        + java.util.Arrays.toString(book.noPricesE4()) + java.util.Arrays.toString(book.noCountsE2())
                        + " #"
                        + book.sequence() + " @" + book.exchangeNanos();
            case MarketEvent other -> other.toString();
        };
    }
}
