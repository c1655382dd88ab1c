/** Tests of the model of the contract's own outcome. */
@NullMarked
package voltage.training.outcome;

import org.jspecify.annotations.NullMarked;
