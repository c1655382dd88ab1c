/** LightGBM, trained natively; served by the pure-Java evaluator of {@code voltage.forecast.lightgbm}. */
@NullMarked
package voltage.training.lightgbm;

import org.jspecify.annotations.NullMarked;
