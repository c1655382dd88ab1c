/** Tests of the Kalshi protocol. */
@NullMarked
package voltage.kalshi;

import org.jspecify.annotations.NullMarked;
