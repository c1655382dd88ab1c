/** Trains the entry filter on trades that have ended, and says what its precision out of sample rests on. */
@NullMarked
package voltage.training.filter;

import org.jspecify.annotations.NullMarked;
