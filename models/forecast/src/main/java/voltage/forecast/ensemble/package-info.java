/** The pool of several forecasts: weights on the simplex first, calibration of the pooled score second. */
@NullMarked
package voltage.forecast.ensemble;

import org.jspecify.annotations.NullMarked;
