package voltage.local.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.model.EventNet;
import voltage.forecast.patchtst.PatchTst;
import voltage.training.data.Dataset;
import voltage.training.evaluate.Evaluator;
import voltage.training.evaluate.Spans;
import voltage.training.patchtst.NetSettings;
import voltage.training.patchtst.PatchTstTraining;

/** Trains a net for each part of an evaluation, in a temporary folder, and keeps what serves them open until the evaluation has ended. */
final class NetTrainings implements Evaluator.NetSource, AutoCloseable {
    private static final Path CACHE = Path.of("runs", "djl");

    private final PrintWriter progress;
    private final List<PatchTst> open = new ArrayList<>();

    NetTrainings(PrintWriter progress) {
        this.progress = progress;
    }

    @Override
    public EventNet train(Dataset data, List<VolatilityEvent> events, Spans spans) {
        progress.println("patchtst: training on what ended before " + Instant.ofEpochSecond(0, spans.holdFromNanos()));
        Path folder = temporary();
        try {
            PatchTst net = training(folder, progress).train(data, events, spans).served();
            open.add(net);
            return net;
        } finally {
            remove(folder);
        }
    }

    /** A training in a folder, where it goes on if it was interrupted. */
    static PatchTstTraining training(Path folder, PrintWriter progress) {
        return new PatchTstTraining(
                NetSettings.USUAL, folder, CACHE.toAbsolutePath(), (epoch, epochs, figures, secondsLeft) -> {
                    progress.println(String.format(
                            Locale.ROOT,
                            "  epoch %d of at most %d, held-out log loss %.4f, at most %.0f s left",
                            epoch,
                            epochs,
                            figures.stopLoss(),
                            secondsLeft));
                    progress.flush();
                });
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("voltage-net");
        } catch (IOException e) {
            throw new UncheckedIOException("a net is trained in a temporary folder, and none can be made", e);
        }
    }

    static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be removed; remove it by hand", e);
        }
    }

    @Override
    public void close() {
        open.forEach(PatchTst::close);
    }
}
