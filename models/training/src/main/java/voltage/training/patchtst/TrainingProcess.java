package voltage.training.patchtst;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The process that trains: reads task and examples from a folder, writes checkpoints and the result there, and a line for each epoch on
 * standard output. It is one of its own because PyTorch's memory grows as it trains, and goes back to the system only when it
 * ends. It does not outlive the process that started it.
 */
public final class TrainingProcess {
    static final String RESULT = "result.bin";
    static final String EPOCH = "epoch ";
    static final String DEVICE = "device ";

    private TrainingProcess() {}

    /** @param arguments the folder */
    @SuppressWarnings("SystemOut") // read by the process that started this one
    public static void main(String[] arguments) throws IOException {
        ProcessHandle.current()
                .parent()
                .ifPresent(parent ->
                        parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
        Path folder = Path.of(arguments[0]);
        Task task = Task.read(folder);
        NetTrainer trainer = new NetTrainer(folder, task);
        System.out.println(DEVICE + trainer.device());
        Checkpoint end = trainer.train(now -> System.out.println(line(now.epochs())));
        new Result(end.epochs(), end.best(), trainer.check(end.best())).write(folder);
    }

    private static String line(List<EpochFigures> epochs) {
        EpochFigures last = epochs.get(epochs.size() - 1);
        return String.format(
                Locale.ROOT,
                "%s%d %.6f %.6f %.3f",
                EPOCH,
                epochs.size(),
                last.trainLoss(),
                last.stopLoss(),
                last.seconds());
    }

    /**
     * What the process leaves.
     *
     * @param weights of the best epoch, as {@link NetLayout} has them
     * @param checked probabilities of the last examples, row by row
     */
    @SuppressWarnings("ArrayRecordComponent") // not compared
    record Result(List<EpochFigures> epochs, float[] weights, float[] checked) {
        void write(Path folder) throws IOException {
            try (DataOutputStream out =
                    new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(folder.resolve(RESULT))))) {
                out.writeInt(epochs.size());
                for (EpochFigures epoch : epochs) {
                    out.writeDouble(epoch.trainLoss());
                    out.writeDouble(epoch.stopLoss());
                    out.writeDouble(epoch.seconds());
                }
                Checkpoint.writeFloats(out, weights);
                Checkpoint.writeFloats(out, checked);
            }
        }

        static Result read(Path folder) throws IOException {
            try (DataInputStream in =
                    new DataInputStream(new BufferedInputStream(Files.newInputStream(folder.resolve(RESULT))))) {
                int count = in.readInt();
                List<EpochFigures> epochs = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    epochs.add(new EpochFigures(in.readDouble(), in.readDouble(), in.readDouble()));
                }
                return new Result(epochs, Checkpoint.floats(in), Checkpoint.floats(in));
            }
        }
    }
}
