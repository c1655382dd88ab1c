/** An evaluator of LightGBM model files in plain Java. */
@NullMarked
package voltage.forecast.lightgbm;

import org.jspecify.annotations.NullMarked;
