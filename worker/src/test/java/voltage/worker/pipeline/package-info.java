/** From journal records to decisions. */
@NullMarked
package voltage.worker.pipeline;

import org.jspecify.annotations.NullMarked;
