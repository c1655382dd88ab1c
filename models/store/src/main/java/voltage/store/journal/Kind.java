package voltage.store.journal;

import org.jspecify.annotations.Nullable;

/** What a journal record is. The letter stands in the record's header line and never changes its meaning. */
public enum Kind {
    /** One whole frame or body, as received. */
    FRAME('F'),
    /** A new connection of the feed; no bytes, or a note. */
    CONNECTED('C'),
    /** The feed's connection ended; no bytes, or the reason. */
    DISCONNECTED('D'),
    /** A worker's incarnation began; the bytes are its settings as JSON. */
    STARTED('S'),
    /** A worker's incarnation ended in order. */
    ENDED('E');

    private final byte letter;

    Kind(char letter) {
        this.letter = (byte) letter;
    }

    byte letter() {
        return letter;
    }

    static @Nullable Kind ofLetter(byte letter) {
        return switch (letter) {
            case 'F' -> FRAME;
            case 'C' -> CONNECTED;
            case 'D' -> DISCONNECTED;
            case 'S' -> STARTED;
            case 'E' -> ENDED;
            default -> null;
        };
    }
}
