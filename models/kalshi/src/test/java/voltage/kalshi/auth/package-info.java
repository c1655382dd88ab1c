/** Tests of the Kalshi protocol. */
@NullMarked
package voltage.kalshi.auth;

import org.jspecify.annotations.NullMarked;
