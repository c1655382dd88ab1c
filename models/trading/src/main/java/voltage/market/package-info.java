/** The vocabulary of the markets: prices, counts and cash in integers, books, candles and the events that change them. */
@NullMarked
package voltage.market;

import org.jspecify.annotations.NullMarked;
