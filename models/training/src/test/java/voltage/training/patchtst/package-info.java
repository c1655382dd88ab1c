/** Tests of the net's training. */
@NullMarked
package voltage.training.patchtst;

import org.jspecify.annotations.NullMarked;
