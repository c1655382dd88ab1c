/** What a run leaves behind. */
@NullMarked
package voltage.worker.report;

import org.jspecify.annotations.NullMarked;
