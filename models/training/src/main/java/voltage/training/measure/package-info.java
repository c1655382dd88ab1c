/** How good a forecast is, with intervals, the theoretical ideal, and guards against fooling oneself. */
@NullMarked
package voltage.training.measure;

import org.jspecify.annotations.NullMarked;
