package voltage.local.simulation.cloud;

/** What conditions compare and assignments assign; attribute names and values are still placeholders. */
sealed interface Operand {
    /** An attribute of the item, by its name or by a placeholder that begins with #. */
    record Path(String token) implements Operand {}

    /** A placeholder that begins with a colon. */
    record Value(String token) implements Operand {}

    record IfNotExists(Path path, Operand otherwise) implements Operand {}

    record ListAppend(Operand first, Operand second) implements Operand {}

    record Sum(Operand left, boolean minus, Operand right) implements Operand {}
}
