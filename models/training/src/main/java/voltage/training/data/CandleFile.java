package voltage.training.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import voltage.market.Candle;
import voltage.market.FixedPoint;

/** One packed table of candles. */
final class CandleFile {
    private static final List<String> NEEDED = List.of("open_time_ms", "open", "high", "low", "close", "volume");
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Path file;
    private final int[] needed;
    private final int trades;

    private CandleFile(Path file, @Nullable String header) {
        this.file = file;
        List<String> names =
                List.of(header == null ? new String[0] : header.strip().split(",", -1));
        needed = NEEDED.stream().mapToInt(names::indexOf).toArray();
        for (int i = 0; i < needed.length; i++) {
            if (needed[i] < 0) {
                throw new DamagedDataException(file + ", line 1: the column " + NEEDED.get(i) + " is needed, was "
                        + (header == null ? "an empty file" : header));
            }
        }
        trades = names.indexOf("trades");
    }

    /** Gives every row that keeps the rules, and tells of the others; what is cut off or not packed right is one of these. */
    static void read(Path file, CandleRules rules, Consumer<Candle> to, Consumer<RefusedRow> refused) {
        long line = 1;
        try (BufferedReader reader = open(file)) {
            CandleFile table = new CandleFile(file, reader.readLine());
            for (String row = reader.readLine(); row != null; row = reader.readLine()) {
                line++;
                table.row(row, line, rules, to, refused);
            }
        } catch (IOException e) {
            // A packed file that ends early or does not unpack: what came before it has been given.
            refused.accept(new RefusedRow(
                    file,
                    line + 1,
                    "the file must be readable to its end, was " + e.getClass().getSimpleName() + ": "
                            + e.getMessage()));
        }
    }

    /** The first row that can be read. */
    static Optional<Candle> first(Path file) {
        try (BufferedReader reader = open(file)) {
            CandleFile table = new CandleFile(file, reader.readLine());
            AtomicReference<Candle> first = new AtomicReference<>();
            for (String row = reader.readLine(); row != null && first.get() == null; row = reader.readLine()) {
                table.row(row, 0, new CandleRules(), first::set, ignored -> {});
            }
            return Optional.ofNullable(first.get());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static BufferedReader open(Path file) throws IOException {
        return new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file), 1 << 16), StandardCharsets.UTF_8));
    }

    private void row(String text, long line, CandleRules rules, Consumer<Candle> to, Consumer<RefusedRow> refused) {
        Candle candle;
        try {
            candle = parse(text.split(",", -1));
        } catch (IllegalArgumentException | ArithmeticException e) {
            refused.accept(new RefusedRow(file, line, String.valueOf(e.getMessage())));
            return;
        }
        Optional<String> broken = rules.broken(candle);
        if (broken.isPresent()) {
            refused.accept(new RefusedRow(file, line, broken.get()));
        } else {
            to.accept(candle);
        }
    }

    private Candle parse(String[] cells) {
        String count = trades < 0 || trades >= cells.length ? "" : cells[trades].strip();
        String volume = cell(cells, 5);
        return new Candle(
                Math.multiplyExact(Long.parseLong(cell(cells, 0)), NANOS_PER_MILLI),
                FixedPoint.parse(cell(cells, 1), 4),
                FixedPoint.parse(cell(cells, 2), 4),
                FixedPoint.parse(cell(cells, 3), 4),
                FixedPoint.parse(cell(cells, 4), 4),
                volume.isEmpty() ? 0 : FixedPoint.parse(volume, 8),
                count.isEmpty() ? 0 : Integer.parseInt(count),
                false);
    }

    private String cell(String[] cells, int index) {
        if (needed[index] >= cells.length) {
            throw new IllegalArgumentException(
                    "the column " + NEEDED.get(index) + " is needed, was a row of " + cells.length + " cells");
        }
        return cells[needed[index]].strip();
    }
}
