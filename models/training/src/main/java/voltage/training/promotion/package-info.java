/** Whether one set of models may take the place of another: the evidence, and the gates that it must pass. */
@NullMarked
package voltage.training.promotion;

import org.jspecify.annotations.NullMarked;
