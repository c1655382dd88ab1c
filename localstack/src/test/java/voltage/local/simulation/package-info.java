/** The simulation itself is tested here: that it is deterministic, that its rules can break, and that the system keeps them. */
@NullMarked
package voltage.local.simulation;

import org.jspecify.annotations.NullMarked;
