/** Tests of the models as they are served. */
@NullMarked
package voltage.forecast.model;

import org.jspecify.annotations.NullMarked;
