/** Who leads a lane: the lease that one worker holds, renews and gives back, and the number that makes a former leader's commands void. */
@NullMarked
package voltage.store.lease;

import org.jspecify.annotations.NullMarked;
