/** Maps from a score to a calibrated probability: Platt, beta, isotonic. */
@NullMarked
package voltage.forecast.calibration;

import org.jspecify.annotations.NullMarked;
