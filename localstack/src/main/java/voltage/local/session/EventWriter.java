package voltage.local.session;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import voltage.market.Candle;
import voltage.market.Side;

/**
 * Writes events to a compressed stream, in order and losslessly. The format: the magic {@code VLTE} and a version byte, then records of a
 * tag byte and variable-length integers (7 bits a byte, low first; signed ones zigzag); {@code atNanos} as the increase since the record
 * before, exchange times as the difference to the last one of the stream; a ticker is written once and then by number; at the end a
 * record with the number of events and a checksum of all bytes before it, so that a truncated file cannot pass for a whole one.
 */
final class EventWriter implements AutoCloseable {
    static final byte[] MAGIC = {'V', 'L', 'T', 'E', 1};

    static final int END = 0;
    static final int TICKER = 1;
    static final int IMAGE = 2;
    static final int CHANGE_YES = 3;
    static final int CHANGE_NO = 4;
    static final int LOST = 5;
    static final int TICKER_PRINT = 6;
    static final int CONTRACT_PRINT_YES = 7;
    static final int CONTRACT_PRINT_NO = 8;
    static final int SPOT_PRINT = 9;
    static final int CANDLE = 10;
    static final int INDEX_PRINT = 11;

    /** Good compression at a few hundred megabytes a second of a core's time for half a minute's import. */
    private static final int LEVEL = 9;

    private final ZstdOutputStream out;
    private final Map<String, Integer> tickers = new HashMap<>();
    private final CRC32C checksum = new CRC32C();
    private byte[] buffer = new byte[1 << 16];
    private int used;
    private long atNanos;
    private long exchangeNanos;
    private long events;

    EventWriter(OutputStream raw) throws IOException {
        out = new ZstdOutputStream(raw, LEVEL);
        out.setChecksum(true);
        for (byte b : MAGIC) {
            put(b);
        }
    }

    /** @throws IllegalArgumentException if the event is older than the one before it */
    void write(SessionEvent event) throws IOException {
        if (event.atNanos() < atNanos) {
            throw new IllegalArgumentException(
                    "events are written in order of their time: " + event.atNanos() + " after " + atNanos);
        }
        switch (event) {
            case SessionEvent.BookImage image -> {
                int ticker = ticker(image.ticker());
                begin(IMAGE, event);
                unsigned(ticker);
                side(image.yesPricesE4(), image.yesCountsE2());
                side(image.noPricesE4(), image.noCountsE2());
            }
            case SessionEvent.BookChange change -> {
                int ticker = ticker(change.ticker());
                begin(change.side() == Side.YES ? CHANGE_YES : CHANGE_NO, event);
                unsigned(ticker);
                unsigned(change.priceE4());
                signed(change.deltaE2());
                exchange(change.exchangeNanos());
            }
            case SessionEvent.BookLost lost -> {
                int ticker = ticker(lost.ticker());
                begin(LOST, event);
                unsigned(ticker);
            }
            case SessionEvent.TickerPrint print -> {
                int ticker = ticker(print.ticker());
                begin(TICKER_PRINT, event);
                unsigned(ticker);
                unsigned(print.lastE4());
                unsigned(print.lastCountE2());
                unsigned(print.volumeE2());
                unsigned(print.openInterestE2());
                exchange(print.exchangeNanos());
            }
            case SessionEvent.ContractPrint print -> {
                int ticker = ticker(print.ticker());
                begin(print.taker() == Side.YES ? CONTRACT_PRINT_YES : CONTRACT_PRINT_NO, event);
                unsigned(ticker);
                unsigned(print.yesPriceE4());
                unsigned(print.countE2());
                exchange(print.exchangeNanos());
            }
            case SessionEvent.SpotPrint print -> {
                begin(SPOT_PRINT, event);
                unsigned(print.venue().ordinal());
                unsigned(print.tradeId());
                unsigned(print.priceE4());
                unsigned(print.sizeE8());
                exchange(print.exchangeNanos());
            }
            case SessionEvent.CandleClosed closed -> {
                begin(CANDLE, event);
                unsigned(closed.venue().ordinal());
                candle(closed.candle());
            }
            case SessionEvent.IndexPrint print -> {
                begin(INDEX_PRINT, event);
                unsigned(print.valueE4());
            }
        }
        events++;
    }

    long events() {
        return events;
    }

    /** Writes the end mark and closes the stream. Without it a reader says that the file is truncated. */
    @Override
    public void close() throws IOException {
        try (out) {
            put(END);
            unsigned(events);
            flush();
            long sum = checksum.getValue();
            for (int i = 0; i < 4; i++) {
                put((int) (sum >>> (8 * i)));
            }
            flush();
        }
    }

    /** Gives the file up: closes the stream without an end mark. */
    void abandon() throws IOException {
        out.close();
    }

    private void begin(int tag, SessionEvent event) throws IOException {
        put(tag);
        unsigned(event.atNanos() - atNanos);
        atNanos = event.atNanos();
    }

    private int ticker(String ticker) throws IOException {
        Integer known = tickers.get(ticker);
        if (known != null) {
            return known;
        }
        int number = tickers.size();
        tickers.put(ticker, number);
        byte[] text = ticker.getBytes(StandardCharsets.UTF_8);
        put(TICKER);
        unsigned(text.length);
        for (byte b : text) {
            put(b);
        }
        return number;
    }

    private void side(int[] pricesE4, long[] countsE2) throws IOException {
        unsigned(pricesE4.length);
        int last = 0;
        for (int i = 0; i < pricesE4.length; i++) {
            signed(pricesE4[i] - last);
            last = pricesE4[i];
            unsigned(countsE2[i]);
        }
    }

    private void candle(Candle candle) throws IOException {
        signed(candle.openNanos() - atNanos);
        unsigned(candle.openE4());
        signed(candle.highE4() - candle.openE4());
        signed(candle.lowE4() - candle.openE4());
        signed(candle.closeE4() - candle.openE4());
        unsigned(candle.volumeE8());
        unsigned(candle.trades());
        unsigned(candle.isSynthetic() ? 1 : 0);
    }

    private void exchange(long nanos) throws IOException {
        signed(nanos - exchangeNanos);
        exchangeNanos = nanos;
    }

    private void signed(long value) throws IOException {
        unsigned((value << 1) ^ (value >> 63));
    }

    private void unsigned(long value) throws IOException {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            put((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        put((int) rest);
    }

    private void put(int b) throws IOException {
        if (used == buffer.length) {
            flush();
        }
        buffer[used++] = (byte) b;
    }

    private void flush() throws IOException {
        checksum.update(buffer, 0, used);
        out.write(buffer, 0, used);
        used = 0;
    }
}
