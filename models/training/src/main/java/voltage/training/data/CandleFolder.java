package voltage.training.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import voltage.market.Candle;

/**
 * The candles of a folder shaped like {@code ../shared/data}: {@code btc_1m/*.csv.gz}, each with the columns {@code open_time_ms},
 * {@code open}, {@code high}, {@code low}, {@code close}, {@code volume} and, where known, {@code trades}. Streamed; a file is open
 * while it is read, and nothing is kept.
 */
public final class CandleFolder implements CandleSource {
    private static final String FOLDER = "btc_1m";
    private static final String SUFFIX = ".csv.gz";

    private final List<Path> files;
    private final Consumer<RefusedRow> refused;

    /** Stops at the first damaged row: corrupt data are worse than none. */
    public CandleFolder(Path data) {
        this(data, row -> {
            throw new DamagedDataException(row + "; repair or remove it");
        });
    }

    /**
     * Leaves damaged rows out and tells of each.
     *
     * @param data the folder that holds {@code btc_1m}, or that folder itself
     * @throws DamagedDataException if there is no such file
     */
    public CandleFolder(Path data, Consumer<RefusedRow> refused) {
        this.refused = refused;
        Path folder = Files.isDirectory(data.resolve(FOLDER)) ? data.resolve(FOLDER) : data;
        if (!Files.isDirectory(folder)) {
            throw new DamagedDataException("a folder with " + FOLDER + "/*" + SUFFIX + " is needed, was " + data);
        }
        files = inOrder(folder);
        if (files.isEmpty()) {
            throw new DamagedDataException(
                    "a folder with " + FOLDER + "/*" + SUFFIX + " is needed, " + folder + " has none");
        }
    }

    /** By their first candle, whatever they are called; one without any goes last and says why when it is read. */
    private static List<Path> inOrder(Path folder) {
        record Dated(Path file, long firstNanos) {}
        List<Dated> dated = new ArrayList<>();
        try (Stream<Path> list = Files.list(folder)) {
            for (Path file : list.filter(path -> path.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList()) {
                Optional<Candle> first = CandleFile.first(file);
                dated.add(new Dated(file, first.map(Candle::openNanos).orElse(Long.MAX_VALUE)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
        return dated.stream()
                .sorted(Comparator.comparingLong(Dated::firstNanos))
                .map(Dated::file)
                .toList();
    }

    /** In the order in which they are read. */
    public List<Path> files() {
        return files;
    }

    @Override
    public void forEach(Consumer<Candle> to) {
        CandleRules rules = new CandleRules();
        for (Path file : files) {
            CandleFile.read(file, rules, to, refused);
        }
    }
}
