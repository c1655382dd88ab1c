/** Kalshi's WebSocket: frames to events, and the texts of the commands. */
@NullMarked
package voltage.kalshi.stream;

import org.jspecify.annotations.NullMarked;
