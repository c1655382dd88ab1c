/** Kalshi's vocabulary as records of integers, and what is known of its markets; the sub-packages speak its protocols. */
@NullMarked
package voltage.kalshi;

import org.jspecify.annotations.NullMarked;
