/** The simulated cloud keeps the contracts that the embedded one keeps, and fails as asked. */
@NullMarked
package voltage.local.simulation.cloud;

import org.jspecify.annotations.NullMarked;
