/** The running worker: its inbox, the loop that journals before it decides, what steers the feeds, and what leaves for the queue. */
@NullMarked
package voltage.worker.run;

import org.jspecify.annotations.NullMarked;
