/** Trains and measures forecasts of volatility events out of sample, beside the baselines that they must beat. */
@NullMarked
package voltage.training.evaluate;

import org.jspecify.annotations.NullMarked;
