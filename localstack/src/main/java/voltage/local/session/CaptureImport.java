package voltage.local.session;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns one capture into session folders. A session appears under its name only when it is whole. */
final class CaptureImport {
    private static final String PARTIAL = ".partial";

    private final Path capture;
    private final Path out;
    private final MarketTable markets;
    private final CandleTable candles;
    private final TickSource ticks;
    private final SortedMap<String, String> inputs;
    private final Set<String> takenNames;
    private final ImportProblems problems;
    private final List<ImportResult.ImportedSession> sessions = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();
    private @Nullable SessionRecorder recorder;
    private long startNanos;

    /** @param takenNames names of sessions of this import so far; grows */
    CaptureImport(
            Path capture,
            Path out,
            MarketTable markets,
            CandleTable candles,
            TickSource ticks,
            SortedMap<String, String> inputs,
            Set<String> takenNames,
            ImportProblems problems) {
        this.capture = capture;
        this.out = out;
        this.markets = markets;
        this.candles = candles;
        this.ticks = ticks;
        this.inputs = inputs;
        this.takenNames = takenNames;
        this.problems = problems;
    }

    List<ImportResult.ImportedSession> run() throws IOException {
        CaptureSplitter splitter = new CaptureSplitter();
        try (LineReader lines = new LineReader(capture)) {
            while (lines.next()) {
                CaptureFrame frame;
                try {
                    if (lines.isTooLong()) {
                        throw new IllegalArgumentException("a line of at most 8 MiB was expected");
                    }
                    frame = CaptureFrame.parse(lines.bytes(), lines.length());
                } catch (IllegalArgumentException e) {
                    problems.unreadable(capture, lines.number(), String.valueOf(e.getMessage()));
                    if (recorder != null) {
                        recorder.unreadableLine();
                    }
                    continue;
                }
                take(frame, splitter);
            }
            if (lines.broken().isPresent()) {
                problems.add(lines.broken().get());
                findings.add("the capture is truncated: it breaks off after line " + lines.number());
            }
            // What still waits after a silence has no book frame: it belongs to what came before.
            for (CaptureFrame frame : splitter.release()) {
                current(frame).frame(frame);
            }
            finish();
        } finally {
            if (recorder != null) {
                recorder.abandon();
            }
        }
        return sessions;
    }

    private void take(CaptureFrame frame, CaptureSplitter splitter) throws IOException {
        switch (splitter.take(frame, current(frame))) {
            case UNDECIDED -> {}
            case CONTINUES -> play(splitter.release());
            case BEGINS -> {
                finish();
                play(splitter.release());
            }
        }
    }

    private void play(List<CaptureFrame> frames) throws IOException {
        for (CaptureFrame frame : frames) {
            current(frame).frame(frame);
        }
    }

    private SessionRecorder current(CaptureFrame frame) throws IOException {
        if (recorder == null) {
            startNanos = frame.receivedNanos();
            Path partial = partial();
            delete(partial);
            recorder = new SessionRecorder(partial, startNanos, markets, candles, ticks);
        }
        return recorder;
    }

    private void finish() throws IOException {
        if (recorder == null) {
            return;
        }
        SessionRecorder finished = recorder;
        recorder = null;
        String name = name();
        Optional<SessionManifest> manifest =
                finished.finish(name, capture.getFileName().toString(), findings, new TreeMap<>(inputs), problems);
        if (manifest.isEmpty()) {
            delete(partial());
            return;
        }
        takenNames.add(name);
        Path folder = out.resolve(name);
        replace(folder);
        sessions.add(imported(folder, manifest.get()));
    }

    private String name() {
        String base = Times.compact(startNanos);
        String name = base;
        for (int i = 2; takenNames.contains(name); i++) {
            name = base + "-" + i;
        }
        return name;
    }

    private Path partial() {
        return out.resolve(Times.compact(startNanos) + PARTIAL);
    }

    private void replace(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isRegularFile(new SessionFolder(folder).manifestFile())) {
            throw new SessionException(
                    folder + " is in the way and is no session folder; move it, or give another --out");
        }
        delete(folder);
        try {
            Files.move(partial(), folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(partial(), folder);
        }
    }

    private static ImportResult.ImportedSession imported(Path folder, SessionManifest manifest) {
        return new ImportResult.ImportedSession(
                manifest.name(),
                folder,
                manifest.capture(),
                manifest.startNanos(),
                manifest.recordedUntilNanos(),
                manifest.markets().stream().map(SessionMarket::ticker).toList(),
                manifest.counts().getOrDefault("bookChanges", 0L),
                manifest.counts().getOrDefault("spotPrints", 0L),
                manifest.missing());
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
