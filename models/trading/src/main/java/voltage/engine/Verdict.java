package voltage.engine;

/** What a decision came to. */
public enum Verdict {
    /** A position is entered. */
    ENTER,
    /** A position is left before settlement. */
    EXIT,
    /** A position is held, by default to settlement. */
    HOLD,
    /** No position, and none is taken. */
    STAY_OUT
}
