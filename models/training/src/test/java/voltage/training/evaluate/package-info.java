/** Tests of training and measuring as a whole. */
@NullMarked
package voltage.training.evaluate;

import org.jspecify.annotations.NullMarked;
