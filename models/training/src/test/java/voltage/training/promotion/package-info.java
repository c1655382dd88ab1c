@NullMarked
package voltage.training.promotion;

import org.jspecify.annotations.NullMarked;
