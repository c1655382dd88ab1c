/** The whole system under one virtual clock, in one thread, from one seed: with everything going wrong that can, and with what must hold nevertheless. */
@NullMarked
package voltage.local.simulation;

import org.jspecify.annotations.NullMarked;
