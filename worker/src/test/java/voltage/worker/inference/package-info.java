@NullMarked
package voltage.worker.inference;

import org.jspecify.annotations.NullMarked;
