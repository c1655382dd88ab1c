/** Tests of the served net. */
@NullMarked
package voltage.forecast.patchtst;

import org.jspecify.annotations.NullMarked;
