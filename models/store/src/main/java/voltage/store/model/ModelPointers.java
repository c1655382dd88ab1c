package voltage.store.model;

import java.util.List;
import voltage.order.Lane;

/** Keeps each lane's pointer and all that it has been. */
public interface ModelPointers {
    /** The pointer as it is now; the initial one if nothing has been chosen. */
    ModelPointer read(Lane lane);

    /**
     * Replaces the pointer of the revision before.
     *
     * @return false if somebody else has changed it since: read it again and decide again
     */
    boolean write(ModelPointer next);

    /** What it has been, latest first, the present one among it. */
    List<ModelPointer> history(Lane lane, int most);
}
