package voltage.store.journal;

import java.io.IOException;
import java.nio.file.Path;

/** Where finished journal objects are kept for good. Putting the same name again replaces it with the same content. */
@FunctionalInterface
public interface JournalArchive {
    /** Objects stay on the local disk only. */
    JournalArchive NONE = (name, file) -> {};

    /**
     * @param name the object's name, for example {@code journal/v1/feed=KALSHI_STREAM/dt=2026-05-13/hh=23/….jnl.zst}
     * @throws IOException if it was not stored, or that is not known; it will be put again
     */
    void put(String name, Path file) throws IOException;
}
