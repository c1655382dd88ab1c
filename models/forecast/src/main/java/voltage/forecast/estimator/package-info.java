/** Estimators of variance and of jumps over candles, each with its source, its unit and what it says of too little or flat data. */
@NullMarked
package voltage.forecast.estimator;

import org.jspecify.annotations.NullMarked;
