/** The engine over a journal: the production decoders, no feeds, no queue, no clock. */
@NullMarked
package voltage.worker.replay;

import org.jspecify.annotations.NullMarked;
