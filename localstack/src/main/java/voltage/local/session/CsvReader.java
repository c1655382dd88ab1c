package voltage.local.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A table without quoting: comma-separated, one row a line, columns found by the names in the first line. */
final class CsvReader implements AutoCloseable {
    private final LineReader lines;
    private final Map<String, Integer> columns = new HashMap<>();
    private String[] row = {};

    CsvReader(Path file) {
        lines = new LineReader(file);
        if (lines.next()) {
            String[] names = cells();
            for (int i = 0; i < names.length; i++) {
                columns.put(names[i].strip(), i);
            }
        }
    }

    boolean next() {
        if (!lines.next()) {
            return false;
        }
        row = cells();
        return true;
    }

    /** A cell of the current row; empty text if the row or the table does not have it. */
    String cell(String column) {
        Integer index = columns.get(column);
        return index == null || index >= row.length ? "" : row[index].strip();
    }

    long number() {
        return lines.number();
    }

    Optional<String> broken() {
        return lines.broken();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private String[] cells() {
        return new String(lines.bytes(), 0, lines.length(), StandardCharsets.UTF_8).split(",", -1);
    }
}
