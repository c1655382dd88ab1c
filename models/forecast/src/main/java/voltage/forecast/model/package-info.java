/** Models that turn features into the probability of a volatility event, as the worker serves them. */
@NullMarked
package voltage.forecast.model;

import org.jspecify.annotations.NullMarked;
