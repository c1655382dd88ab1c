package voltage.training.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A packed table of plain cells without quotes. Strict: the first row that breaks a rule ends the reading with its file, line, rule and
 * remedy. Columns that nobody asked for are never looked at.
 */
final class PackedTable {
    private static final String SUFFIX = ".csv.gz";

    private PackedTable() {}

    /** A row's cells, in the order of the columns asked for. */
    @FunctionalInterface
    interface Row {
        String cell(int column);
    }

    /** The files of {@code data/folder}, or of {@code data} itself if it is that folder, by name. */
    static List<Path> files(Path data, String folder) {
        Path there = Files.isDirectory(data.resolve(folder)) ? data.resolve(folder) : data;
        if (!there.endsWith(folder)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(there)) {
            return list.filter(path -> path.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + there, e);
        }
    }

    /**
     * Gives every row.
     *
     * @throws DamagedDataException if the file cannot be read to its end, a column lacks or a row is refused by {@code to} with an
     *     {@link IllegalArgumentException}
     */
    static void read(Path file, List<String> columns, Consumer<Row> to) {
        long line = 1;
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file), 1 << 16), StandardCharsets.UTF_8))) {
            String header = reader.readLine();
            int[] index = indices(file, header, columns);
            int width = header == null ? 0 : header.split(",", -1).length;
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                line++;
                String[] cells = text.split(",", -1);
                if (cells.length != width) {
                    throw refused(
                            file, line, "a row has the header's " + width + " cells, was " + cells.length + " cells");
                }
                try {
                    to.accept(column -> cells[index[column]].strip());
                } catch (IllegalArgumentException | ArithmeticException e) {
                    throw refused(file, line, String.valueOf(e.getMessage()));
                }
            }
        } catch (IOException e) {
            throw refused(
                    file,
                    line + 1,
                    "the file must be readable to its end, was " + e.getClass().getSimpleName() + ": "
                            + e.getMessage());
        }
    }

    private static int[] indices(Path file, @Nullable String header, List<String> columns) {
        List<String> names =
                List.of(header == null ? new String[0] : header.strip().split(",", -1));
        int[] index = columns.stream().mapToInt(names::indexOf).toArray();
        for (int i = 0; i < index.length; i++) {
            if (index[i] < 0) {
                throw refused(
                        file,
                        1,
                        "the column " + columns.get(i) + " is needed, was "
                                + (header == null ? "an empty file" : header));
            }
        }
        return index;
    }

    private static DamagedDataException refused(Path file, long line, String rule) {
        return new DamagedDataException(new RefusedRow(file, line, rule) + "; repair or remove it");
    }
}
