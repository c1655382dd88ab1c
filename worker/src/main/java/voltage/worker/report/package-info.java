/** What a run leaves behind: its decisions line by line, its score against the market, its summary. */
@NullMarked
package voltage.worker.report;

import org.jspecify.annotations.NullMarked;
