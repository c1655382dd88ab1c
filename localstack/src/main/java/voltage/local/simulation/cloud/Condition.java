package voltage.local.simulation.cloud;

import java.util.List;

/** A parsed condition; attribute names and values are still placeholders. */
sealed interface Condition {
    record And(Condition left, Condition right) implements Condition {}

    record Or(Condition left, Condition right) implements Condition {}

    record Not(Condition condition) implements Condition {}

    record Compare(Operand left, Comparison comparison, Operand right) implements Condition {}

    record Between(Operand value, Operand low, Operand high) implements Condition {}

    record In(Operand value, List<Operand> candidates) implements Condition {}

    record Exists(Operand.Path path, boolean exists) implements Condition {}

    record BeginsWith(Operand text, Operand prefix) implements Condition {}

    /** How two values are compared. */
    enum Comparison {
        EQUAL("="),
        DIFFERENT("<>"),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }
    }
}
