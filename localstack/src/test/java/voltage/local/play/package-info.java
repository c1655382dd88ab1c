/** Whole runs: over sockets and in memory, killed and continued, on sessions of our own and on recorded ones. */
@NullMarked
package voltage.local.play;

import org.jspecify.annotations.NullMarked;
