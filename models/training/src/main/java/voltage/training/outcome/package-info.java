/** Trains a model on the contract's own outcome and measures it beside the formula that prices contracts from volatility. */
@NullMarked
package voltage.training.outcome;

import org.jspecify.annotations.NullMarked;
