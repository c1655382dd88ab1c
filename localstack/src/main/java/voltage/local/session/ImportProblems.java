package voltage.local.session;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an import met that was not as it should be, in words; unreadable lines are counted and the first few named. */
final class ImportProblems {
    private static final int NAMED_LINES = 3;

    private static final class Lines {
        private final StringBuilder named = new StringBuilder();
        private long count;
    }

    private final List<String> problems = new ArrayList<>();
    private final Map<Path, Lines> unreadable = new LinkedHashMap<>();

    void add(String words) {
        problems.add(words);
    }

    void unreadable(Path file, long line, String why) {
        Lines lines = unreadable.computeIfAbsent(file, path -> new Lines());
        if (lines.count++ < NAMED_LINES) {
            lines.named
                    .append(lines.named.isEmpty() ? "" : "; ")
                    .append("line ")
                    .append(line)
                    .append(": ")
                    .append(why);
        }
    }

    List<String> all() {
        List<String> all = new ArrayList<>(problems);
        unreadable.forEach((file, lines) -> all.add(file + ": " + lines.count
                + (lines.count == 1 ? " line was" : " lines were") + " unreadable and skipped (" + lines.named
                + (lines.count > NAMED_LINES ? "; ..." : "") + ")"));
        return all;
    }
}
