/** Volatility estimators and forecasts, and what they make a contract worth. Doubles live here; they leave as integers. */
@NullMarked
package voltage.forecast;

import org.jspecify.annotations.NullMarked;
