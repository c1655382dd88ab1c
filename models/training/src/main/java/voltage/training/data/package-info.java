/** From recorded minutes to rows and labels, through the feature code of the engine, and the checks that no row knows its future. */
@NullMarked
package voltage.training.data;

import org.jspecify.annotations.NullMarked;
