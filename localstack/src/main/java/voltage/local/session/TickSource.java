package voltage.local.session;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import voltage.market.FixedPoint;
import voltage.market.Venue;

/**
 * The recorded Coinbase trades of all files, merged by receive time, streaming. Sessions are mostly asked for in order of time, so
 * the files are read once; only a session that begins before the last one ended starts them again.
 */
final class TickSource implements AutoCloseable {
    /** The first message of every subscription repeats an old trade. */
    private static final String OLD_TRADE = "last_match";

    private static final int REMEMBERED_TRADES = 4_096;

    private static final class Reader {
        private final Path file;
        private final CsvReader csv;
        private SessionEvent.@Nullable SpotPrint head;

        private Reader(Path file, CsvReader csv) {
            this.file = file;
            this.csv = csv;
        }
    }

    private final List<Path> files;
    private final ImportProblems problems;
    private final Set<Path> reported = new HashSet<>();
    private final List<Reader> readers = new ArrayList<>();
    private final Set<Long> recent = new LinkedHashSet<>();
    private boolean isOpen;
    private long positionNanos;

    TickSource(List<Path> files, ImportProblems problems) {
        this.files = files;
        this.problems = problems;
    }

    /** Goes to the first trade received at or after a time. */
    void seek(long nanos) throws IOException {
        if (!isOpen || nanos < positionNanos) {
            close();
            for (Path file : files) {
                Reader reader = new Reader(file, new CsvReader(file));
                readers.add(reader);
                advance(reader);
            }
            isOpen = true;
        }
        SessionEvent.SpotPrint print = peek();
        while (print != null && print.atNanos() < nanos) {
            next();
            print = peek();
        }
        positionNanos = nanos;
    }

    /** The next trade, without consuming it; null after the last one. */
    SessionEvent.@Nullable SpotPrint peek() throws IOException {
        while (true) {
            Reader first = first();
            if (first == null || first.head == null) {
                return null;
            }
            if (!recent.contains(first.head.tradeId())) {
                return first.head;
            }
            advance(first);
        }
    }

    void next() throws IOException {
        Reader first = first();
        if (first == null || first.head == null) {
            return;
        }
        positionNanos = Math.max(positionNanos, first.head.atNanos() + 1);
        recent.add(first.head.tradeId());
        if (recent.size() > REMEMBERED_TRADES) {
            recent.remove(recent.iterator().next());
        }
        advance(first);
    }

    @Override
    public void close() throws IOException {
        for (Reader reader : readers) {
            reader.csv.close();
        }
        readers.clear();
        recent.clear();
        isOpen = false;
        positionNanos = 0;
    }

    private @Nullable Reader first() {
        return readers.stream()
                .filter(reader -> reader.head != null)
                .min(Comparator.comparingLong(TickSource::headNanos))
                .orElse(null);
    }

    private static long headNanos(Reader reader) {
        return reader.head == null ? Long.MAX_VALUE : reader.head.atNanos();
    }

    private void advance(Reader reader) throws IOException {
        CsvReader csv = reader.csv;
        while (csv.next()) {
            if (csv.cell("type").equals(OLD_TRADE)) {
                continue;
            }
            try {
                reader.head = print(csv);
                return;
            } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
                if (!reported.contains(reader.file)) {
                    problems.unreadable(reader.file, csv.number(), String.valueOf(e.getMessage()));
                }
            }
        }
        reader.head = null;
        // A file that is read twice is reported once.
        if (reported.add(reader.file)) {
            csv.broken().ifPresent(problems::add);
        }
    }

    private static SessionEvent.SpotPrint print(CsvReader csv) {
        return new SessionEvent.SpotPrint(
                Long.parseLong(csv.cell("recv_ns")),
                Venue.COINBASE,
                Long.parseLong(csv.cell("trade_id")),
                FixedPoint.parse(csv.cell("price"), 4),
                0,
                Times.nanos(OffsetDateTime.parse(csv.cell("exchange_ts")).toInstant()));
    }
}
