package voltage.training.patchtst;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * What the training process is told, in a file of lines {@code name=value}.
 *
 * @param events outputs of the net
 * @param levels numbers beside the window
 * @param trainRows rows to learn from; they come first in the examples
 * @param stopRows rows after them, by which training is stopped
 * @param checkedRows the last of which the net's answers are written, to hold the served graph against
 * @param examplesHash SHA-256 of the examples
 */
record Task(
        NetSettings settings,
        int events,
        int levels,
        int trainRows,
        int stopRows,
        int checkedRows,
        String examplesHash) {
    static final String FILE = "task.properties";

    /** The same for the same training, whenever and wherever. */
    String text() {
        return lines(settings) + "events=" + events + "\nlevels=" + levels + "\ntrainRows=" + trainRows + "\nstopRows="
                + stopRows + "\ncheckedRows=" + checkedRows + "\nexamplesHash=" + examplesHash + "\n";
    }

    private static String lines(NetSettings settings) {
        return Arrays.stream(NetSettings.class.getRecordComponents())
                .map(component -> component.getName() + "=" + value(component, settings) + "\n")
                .collect(Collectors.joining());
    }

    private static Object value(RecordComponent component, NetSettings settings) {
        try {
            return component.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record's components can be read", e);
        }
    }

    static Task read(Path folder) throws IOException {
        Properties lines = new Properties();
        try (Reader in = Files.newBufferedReader(folder.resolve(FILE))) {
            lines.load(in);
        }
        NetSettings settings = new NetSettings(
                number(lines, "patch"),
                number(lines, "width"),
                number(lines, "heads"),
                number(lines, "layers"),
                number(lines, "feedForward"),
                number(lines, "hidden"),
                Double.parseDouble(text(lines, "dropout")),
                Double.parseDouble(text(lines, "learningRate")),
                Double.parseDouble(text(lines, "weightDecay")),
                number(lines, "batch"),
                number(lines, "rowsPerEpoch"),
                number(lines, "epochs"),
                number(lines, "patience"),
                Long.parseLong(text(lines, "seed")),
                number(lines, "threads"));
        return new Task(
                settings,
                number(lines, "events"),
                number(lines, "levels"),
                number(lines, "trainRows"),
                number(lines, "stopRows"),
                number(lines, "checkedRows"),
                text(lines, "examplesHash"));
    }

    private static int number(Properties lines, String name) {
        return Integer.parseInt(text(lines, name));
    }

    private static String text(Properties lines, String name) {
        return Optional.ofNullable(lines.getProperty(name))
                .orElseThrow(() -> new IllegalArgumentException(FILE + " has a line " + name + "=…"));
    }
}
