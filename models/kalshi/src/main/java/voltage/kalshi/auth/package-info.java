/** Keys and signatures of Kalshi's API. */
@NullMarked
package voltage.kalshi.auth;

import org.jspecify.annotations.NullMarked;
