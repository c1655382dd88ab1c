/** From what was received to what was decided: decoders, the timer rule and the engine, the same live and in replay. */
@NullMarked
package voltage.worker.pipeline;

import org.jspecify.annotations.NullMarked;
