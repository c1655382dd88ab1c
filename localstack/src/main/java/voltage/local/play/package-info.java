/** Playing a session through the whole system under a virtual clock: over real sockets and the embedded cloud, or in memory in one thread. */
@NullMarked
package voltage.local.play;

import org.jspecify.annotations.NullMarked;
