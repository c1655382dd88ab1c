package voltage.training.patchtst;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the next epoch needs, written after each: a training that is started again with the same task goes on from it and
 * ends with the same net, to the bit.
 *
 * @param epochs that have ended
 * @param step of the optimiser
 * @param average of the weights over the latest steps: what is judged and served
 * @param best average of the epoch with the least held-out loss
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
record Checkpoint(
        List<EpochFigures> epochs,
        long step,
        float[] weights,
        float[] average,
        float[] first,
        float[] second,
        float[] best) {
    static final String FILE = "checkpoint.bin";

    private static final long MAGIC = 0x564f4c5450545332L;

    void write(Path folder, String task) throws IOException {
        Path partial = folder.resolve(FILE + ".partial");
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(partial)))) {
            out.writeLong(MAGIC);
            out.writeUTF(task);
            out.writeLong(step);
            out.writeInt(epochs.size());
            for (EpochFigures epoch : epochs) {
                out.writeDouble(epoch.trainLoss());
                out.writeDouble(epoch.stopLoss());
                out.writeDouble(epoch.seconds());
            }
            for (float[] each : List.of(weights, average, first, second, best)) {
                writeFloats(out, each);
            }
        }
        Files.move(partial, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Null if there is none of this task. */
    static @Nullable Checkpoint read(Path folder, String task) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return null;
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readLong() != MAGIC || !in.readUTF().equals(task)) {
                return null;
            }
            long step = in.readLong();
            int count = in.readInt();
            List<EpochFigures> epochs = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                epochs.add(new EpochFigures(in.readDouble(), in.readDouble(), in.readDouble()));
            }
            return new Checkpoint(epochs, step, floats(in), floats(in), floats(in), floats(in), floats(in));
        }
    }

    static void writeFloats(DataOutputStream out, float[] floats) throws IOException {
        out.writeInt(floats.length);
        for (float each : floats) {
            out.writeFloat(each);
        }
    }

    static float[] floats(DataInputStream in) throws IOException {
        float[] floats = new float[in.readInt()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = in.readFloat();
        }
        return floats;
    }
}
