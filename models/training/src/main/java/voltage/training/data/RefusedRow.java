package voltage.training.data;

import java.nio.file.Path;

/**
 * A row that was not taken.
 *
 * @param line in the unpacked file, the header being 1
 * @param rule that it breaks, with what was found
 */
public record RefusedRow(Path file, long line, String rule) {
    @Override
    public String toString() {
        return file + ", line " + line + ": " + rule;
    }
}
