/** The worker's surroundings: what leaves for the queue, and under which lease. */
@NullMarked
package voltage.worker.run;

import org.jspecify.annotations.NullMarked;
