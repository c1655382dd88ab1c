/** Benchmarks of the trading path, each beside a baseline where there is one, on frames that the production feeds received. */
@NullMarked
package voltage.local.bench;

import org.jspecify.annotations.NullMarked;
