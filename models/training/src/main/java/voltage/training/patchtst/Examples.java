package voltage.training.patchtst;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.feature.MinuteWindow;
import voltage.forecast.model.ForecastInput;
import voltage.forecast.patchtst.NetInputs;
import voltage.training.data.Dataset;

/**
 * Rows to learn from in a file of little-endian floats: a window, its levels, a 0 or 1 for each event. The process that reads it maps it,
 * so a year of minutes needs no heap.
 */
final class Examples {
    static final String FILE = "examples.bin";
    static final int WINDOW = MinuteWindow.CHANNELS * MinuteWindow.MINUTES;

    private final FloatBuffer all;
    private final int levels;
    private final int events;

    private Examples(FloatBuffer all, int levels, int events) {
        this.all = all;
        this.levels = levels;
        this.events = events;
    }

    /**
     * Writes rows of a data set that have a window and an outcome.
     *
     * @return SHA-256 of the file
     */
    static String write(Path folder, Dataset data, int[] rows, NetInputs inputs) throws IOException {
        MessageDigest digest = sha256();
        int numbers = WINDOW + inputs.levelCount() + inputs.events().size();
        ByteBuffer bytes = ByteBuffer.allocate(numbers * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (OutputStream file = Files.newOutputStream(folder.resolve(FILE));
                OutputStream out = new DigestOutputStream(file, digest)) {
            for (int row : rows) {
                ForecastInput input = data.input(row);
                MinuteWindow window = input.window();
                if (window == null) {
                    throw new IllegalArgumentException("row " + row + " has no window");
                }
                FloatBuffer floats = bytes.clear().asFloatBuffer();
                NetInputs.writeWindow(window, floats);
                inputs.writeLevels(input.row(), window, floats);
                for (VolatilityEvent event : inputs.events()) {
                    floats.put(data.label(event, row));
                }
                out.write(bytes.array());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static Examples map(Path folder, Task task) {
        try (FileChannel channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.READ)) {
            long expected = (long) (task.trainRows() + task.stopRows())
                    * (WINDOW + task.levels() + task.events())
                    * Float.BYTES;
            if (channel.size() != expected) {
                throw new IllegalArgumentException("the examples of this task have " + expected + " bytes, was "
                        + channel.size() + ": start the training again");
            }
            return new Examples(
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .asFloatBuffer(),
                    task.levels(),
                    task.events());
        } catch (IOException e) {
            throw new UncheckedIOException("the examples in " + folder + " cannot be read", e);
        }
    }

    /** Some rows as arrays that PyTorch takes. */
    record Batch(int rows, float[] windows, float[] levels, float[] labels) {}

    /**
     * Rows by their numbers.
     *
     * @param mirrored for each whether price and order flow are turned over: a move down is as much of an event as one up
     */
    Batch batch(int[] rows, boolean[] mirrored) {
        float[] windows = new float[rows.length * WINDOW];
        float[] level = new float[rows.length * levels];
        float[] labels = new float[rows.length * events];
        int numbers = WINDOW + levels + events;
        for (int i = 0; i < rows.length; i++) {
            int at = rows[i] * numbers;
            all.get(at, windows, i * WINDOW, WINDOW);
            all.get(at + WINDOW, level, i * levels, levels);
            all.get(at + WINDOW + levels, labels, i * events, events);
            if (mirrored[i]) {
                mirror(windows, i * WINDOW);
                mirror(windows, i * WINDOW + 2 * MinuteWindow.MINUTES);
            }
        }
        return new Batch(rows.length, windows, level, labels);
    }

    private static void mirror(float[] windows, int from) {
        for (int i = from; i < from + MinuteWindow.MINUTES; i++) {
            windows[i] = -windows[i];
        }
    }

    /** Share of the first rows in which each event happened. */
    double[] rates(int rows) {
        double[] rates = new double[events];
        int numbers = WINDOW + levels + events;
        for (int row = 0; row < rows; row++) {
            for (int event = 0; event < events; event++) {
                rates[event] += all.get(row * numbers + WINDOW + levels + event) / rows;
            }
        }
        return rates;
    }
}
