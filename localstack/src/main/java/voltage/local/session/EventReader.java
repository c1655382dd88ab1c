package voltage.local.session;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import voltage.market.Candle;
import voltage.market.Side;
import voltage.market.Venue;

/** Reads what {@link EventWriter} wrote, streaming: memory does not grow with the file. */
final class EventReader implements Session.EventCursor {
    private static final int MAX_LEVELS = 20_000;
    private static final int MAX_TICKER_BYTES = 200;
    private static final Venue[] VENUES = Venue.values();

    private final Path file;
    private final InputStream in;
    private final List<String> tickers = new ArrayList<>();
    private final CRC32C checksum = new CRC32C();
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private int summed;
    private long atNanos;
    private long exchangeNanos;
    private long events;
    private @Nullable SessionEvent upcoming;
    private boolean ended;

    private EventReader(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /** @throws SessionException if the file is absent or is no event file of this version */
    static EventReader open(Path file) throws SessionException {
        EventReader reader;
        try {
            InputStream raw = Files.newInputStream(file);
            reader = new EventReader(file, new ZstdInputStream(raw));
        } catch (IOException e) {
            throw new SessionException(
                    file + ": the session's data file cannot be opened (" + e.getMessage() + "); " + remedy(), e);
        }
        try {
            for (byte expected : EventWriter.MAGIC) {
                if (reader.get() != expected) {
                    throw new SessionException(file + ": this is not a data file of this format version; " + remedy());
                }
            }
        } catch (SessionException e) {
            reader.close();
            throw e;
        }
        return reader;
    }

    /**
     * {@inheritDoc}
     *
     * @throws UncheckedIOException with a {@link SessionException} if the file is truncated or damaged
     */
    @Override
    public @Nullable SessionEvent peek() {
        if (upcoming == null && !ended) {
            try {
                upcoming = read();
            } catch (SessionException e) {
                throw new UncheckedIOException(e);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new UncheckedIOException(damaged(e));
            }
            ended = upcoming == null;
        }
        return upcoming;
    }

    @Override
    public SessionEvent next() {
        SessionEvent event = peek();
        if (event == null) {
            throw new NoSuchElementException("the session has no further event");
        }
        upcoming = null;
        return event;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable SessionEvent read() throws SessionException {
        int tag = get();
        while (tag == EventWriter.TICKER) {
            byte[] text = new byte[bounded(MAX_TICKER_BYTES)];
            for (int i = 0; i < text.length; i++) {
                text[i] = (byte) get();
            }
            tickers.add(new String(text, StandardCharsets.UTF_8));
            tag = get();
        }
        if (tag == EventWriter.END) {
            readEnd();
            return null;
        }
        atNanos += unsigned();
        events++;
        return switch (tag) {
            case EventWriter.IMAGE -> image();
            case EventWriter.CHANGE_YES -> change(Side.YES);
            case EventWriter.CHANGE_NO -> change(Side.NO);
            case EventWriter.LOST -> new SessionEvent.BookLost(atNanos, ticker());
            case EventWriter.TICKER_PRINT ->
                new SessionEvent.TickerPrint(
                        atNanos, ticker(), (int) unsigned(), unsigned(), unsigned(), unsigned(), exchange());
            case EventWriter.CONTRACT_PRINT_YES -> contractPrint(Side.YES);
            case EventWriter.CONTRACT_PRINT_NO -> contractPrint(Side.NO);
            case EventWriter.SPOT_PRINT ->
                new SessionEvent.SpotPrint(
                        atNanos, VENUES[bounded(VENUES.length - 1)], unsigned(), unsigned(), unsigned(), exchange());
            case EventWriter.CANDLE ->
                new SessionEvent.CandleClosed(atNanos, VENUES[bounded(VENUES.length - 1)], candle());
            case EventWriter.INDEX_PRINT -> new SessionEvent.IndexPrint(atNanos, unsigned());
            default -> throw damaged(null);
        };
    }

    private SessionEvent image() throws SessionException {
        String ticker = ticker();
        int yes = bounded(MAX_LEVELS);
        int[] yesPricesE4 = new int[yes];
        long[] yesCountsE2 = new long[yes];
        levels(yesPricesE4, yesCountsE2);
        int no = bounded(MAX_LEVELS);
        int[] noPricesE4 = new int[no];
        long[] noCountsE2 = new long[no];
        levels(noPricesE4, noCountsE2);
        return new SessionEvent.BookImage(atNanos, ticker, yesPricesE4, yesCountsE2, noPricesE4, noCountsE2);
    }

    private void levels(int[] pricesE4, long[] countsE2) throws SessionException {
        int last = 0;
        for (int i = 0; i < pricesE4.length; i++) {
            last += (int) signed();
            pricesE4[i] = last;
            countsE2[i] = unsigned();
        }
    }

    private SessionEvent change(Side side) throws SessionException {
        return new SessionEvent.BookChange(atNanos, ticker(), side, (int) unsigned(), signed(), exchange());
    }

    private SessionEvent contractPrint(Side taker) throws SessionException {
        return new SessionEvent.ContractPrint(atNanos, ticker(), (int) unsigned(), unsigned(), taker, exchange());
    }

    private Candle candle() throws SessionException {
        long openNanos = atNanos + signed();
        long openE4 = unsigned();
        return new Candle(
                openNanos,
                openE4,
                openE4 + signed(),
                openE4 + signed(),
                openE4 + signed(),
                unsigned(),
                (int) unsigned(),
                unsigned() == 1);
    }

    private void readEnd() throws SessionException {
        long announced = unsigned();
        checksum.update(buffer, summed, position - summed);
        summed = position;
        int expected = (int) checksum.getValue();
        int found = 0;
        for (int i = 0; i < 4; i++) {
            found |= get() << (8 * i);
        }
        if (announced != events || expected != found) {
            throw damaged(null);
        }
    }

    private String ticker() throws SessionException {
        return tickers.get(bounded(tickers.size() - 1));
    }

    private long exchange() throws SessionException {
        exchangeNanos += signed();
        return exchangeNanos;
    }

    private int bounded(int max) throws SessionException {
        long value = unsigned();
        if (value < 0 || value > max) {
            throw damaged(null);
        }
        return (int) value;
    }

    private long signed() throws SessionException {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    private long unsigned() throws SessionException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = get();
            value |= (long) (b & 0x7F) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw damaged(null);
    }

    private int get() throws SessionException {
        if (position == limit) {
            fill();
        }
        return buffer[position++] & 0xFF;
    }

    private void fill() throws SessionException {
        checksum.update(buffer, summed, limit - summed);
        position = 0;
        summed = 0;
        limit = 0;
        try {
            limit = Math.max(0, in.read(buffer));
        } catch (IOException e) {
            throw truncated(e);
        }
        if (limit == 0) {
            throw truncated(null);
        }
    }

    private SessionException truncated(@Nullable Exception cause) {
        String message = file + ": the file is truncated: it breaks off after " + events + " whole events; " + remedy();
        return cause == null ? new SessionException(message) : new SessionException(message, cause);
    }

    private SessionException damaged(@Nullable Exception cause) {
        String message =
                file + ": the file is damaged at event " + events + ", byte counts or checksum disagree; " + remedy();
        return cause == null ? new SessionException(message) : new SessionException(message, cause);
    }

    private static String remedy() {
        return "import the session again with ./voltage import";
    }

    @Override
    public String toString() {
        return "EventReader[" + file + " after " + events + " events, tickers " + Arrays.toString(tickers.toArray())
                + "]";
    }
}
