/** The engine: a deterministic function from events to decisions and intents. It reads no clock, file, network or random source. */
@NullMarked
package voltage.engine;

import org.jspecify.annotations.NullMarked;
