/** From candles to a sealed set of models with its figures. */
@NullMarked
package voltage.training.artifact;

import org.jspecify.annotations.NullMarked;
