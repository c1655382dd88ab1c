package voltage.local.session;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import voltage.market.Candle;
import voltage.market.Venue;

/** A session that {@link SessionImport} wrote. */
public final class RecordedSession implements Session {
    private final SessionFolder folder;
    private final SessionManifest manifest;
    private final Map<Venue, List<Candle>> history;

    private RecordedSession(SessionFolder folder, SessionManifest manifest, Map<Venue, List<Candle>> history) {
        this.folder = folder;
        this.manifest = manifest;
        this.history = history;
    }

    /**
     * Opens a session folder.
     *
     * @throws SessionException if it is none, is of another version, or its manifest or history is damaged. Damage further on in the
     *     events shows when they are read: the cursor then throws an {@link UncheckedIOException} with such an exception.
     */
    public static RecordedSession open(Path path) throws SessionException {
        if (!Files.isDirectory(path)) {
            throw new SessionException(path
                    + (Files.exists(path) ? " is a file, not a session folder" : " does not exist")
                    + "; give a folder that ./voltage import --out wrote");
        }
        SessionFolder folder = new SessionFolder(path);
        SessionManifest manifest = folder.read();
        // Fails now rather than in the middle of a run.
        EventReader.open(folder.eventsFile()).close();
        return new RecordedSession(folder, manifest, readHistory(folder.historyFile()));
    }

    @Override
    public String name() {
        return manifest.name();
    }

    @Override
    public Source source() {
        return Source.RECORDED;
    }

    @Override
    public long startNanos() {
        return manifest.startNanos();
    }

    @Override
    public long endNanos() {
        return manifest.endNanos();
    }

    @Override
    public List<SessionMarket> markets() {
        return manifest.markets();
    }

    @Override
    public Set<Venue> venues() {
        return Collections.unmodifiableSet(manifest.venues());
    }

    @Override
    public List<Candle> history(Venue venue) {
        return history.getOrDefault(venue, List.of());
    }

    @Override
    public List<String> missing() {
        return manifest.missing();
    }

    /** Numbers of frames and events of the recording, by name. */
    public SortedMap<String, Long> counts() {
        return Collections.unmodifiableSortedMap(manifest.counts());
    }

    @Override
    public EventCursor open() {
        try {
            return EventReader.open(folder.eventsFile());
        } catch (SessionException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<Venue, List<Candle>> readHistory(Path file) throws SessionException {
        Map<Venue, List<Candle>> history = new EnumMap<>(Venue.class);
        try (EventReader reader = EventReader.open(file)) {
            reader.forEachRemaining(event -> {
                if (event instanceof SessionEvent.CandleClosed closed) {
                    history.computeIfAbsent(closed.venue(), venue -> new ArrayList<>())
                            .add(closed.candle());
                }
            });
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof SessionException cause) {
                throw cause;
            }
            throw e;
        }
        history.replaceAll((venue, candles) -> List.copyOf(candles));
        return history;
    }
}
