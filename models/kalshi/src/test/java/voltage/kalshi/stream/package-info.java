/** Tests of the Kalshi protocol. */
@NullMarked
package voltage.kalshi.stream;

import org.jspecify.annotations.NullMarked;
