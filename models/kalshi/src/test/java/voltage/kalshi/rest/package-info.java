/** Tests of the Kalshi protocol. */
@NullMarked
package voltage.kalshi.rest;

import org.jspecify.annotations.NullMarked;
