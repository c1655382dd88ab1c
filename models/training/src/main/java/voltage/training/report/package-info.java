/** Pages that a trader can read: what was measured, in words, tables and plots; one file each, with nothing loaded from elsewhere. */
@NullMarked
package voltage.training.report;

import org.jspecify.annotations.NullMarked;
