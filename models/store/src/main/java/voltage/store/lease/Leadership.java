package voltage.store.lease;

import java.util.OptionalLong;

/** Whether this worker leads its lane at this moment. Asked before each command leaves, from any thread. */
@FunctionalInterface
public interface Leadership {
    /** The epoch under which commands may leave now; empty if none may. */
    OptionalLong epoch();
}
