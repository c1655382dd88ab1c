@NullMarked
package voltage.training.report;

import org.jspecify.annotations.NullMarked;
