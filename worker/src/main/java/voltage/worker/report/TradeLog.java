package voltage.worker.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import voltage.store.json.TradeJson;
import voltage.strategy.EntryRecord;

/** {@code trades.jsonl}: each trade that has ended, one a line, with what was known at its entry. */
public final class TradeLog implements AutoCloseable {
    private final OutputStream out;

    /**
     * What a file holds.
     *
     * @param damaged lines that are no trade: what a death left half written
     */
    public record Content(List<EntryRecord> trades, int damaged) {
        public Content {
            trades = List.copyOf(trades);
        }
    }

    private TradeLog(OutputStream out) {
        this.out = out;
    }

    /** Begins a new log. An earlier one is replaced: it can be made again from the journal. */
    public static TradeLog create(Path file) {
        return open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    /** Goes on with a log; a line that a death left half written is ended. */
    public static TradeLog append(Path file) {
        TradeLog log = open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        try {
            byte[] before = Files.readAllBytes(file);
            if (before.length > 0 && before[before.length - 1] != '\n') {
                log.out.write('\n');
            }
            return log;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static TradeLog open(Path file, StandardOpenOption... options) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return new TradeLog(Files.newOutputStream(file, options));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** One line at once: there are a few an hour, and each is worth having. */
    public void ended(EntryRecord trade) {
        try {
            out.write((TradeJson.write(trade) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("trades cannot be written: " + e.getMessage(), e);
        }
    }

    /** Reads a log; a file that is not there holds nothing. */
    public static Content read(Path file) {
        List<EntryRecord> trades = new ArrayList<>();
        int damaged = 0;
        try {
            for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                try {
                    trades.add(TradeJson.read(line));
                } catch (IllegalArgumentException e) {
                    damaged++;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
        return new Content(trades, damaged);
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("trades cannot be written: " + e.getMessage(), e);
        }
    }
}
