/** From the probability of a volatility event to a volatility, and from there to what every contract is worth under fat tails. */
@NullMarked
package voltage.forecast.event;

import org.jspecify.annotations.NullMarked;
