@NullMarked
package voltage.training.artifact;

import org.jspecify.annotations.NullMarked;
