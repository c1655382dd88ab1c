package voltage.local.simulation.cloud;

import java.util.List;

/** A parsed update: what is set, and what is removed. */
record Update(List<Assignment> assignments, List<Operand.Path> removals) {
    record Assignment(Operand.Path path, Operand value) {}
}
