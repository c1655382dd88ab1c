/** Trades that have ended, kept to learn from. */
@NullMarked
package voltage.store.trade;

import org.jspecify.annotations.NullMarked;
