/** What the scheduled jobs found, a day each, in the reports bucket. */
@NullMarked
package voltage.store.report;

import org.jspecify.annotations.NullMarked;
