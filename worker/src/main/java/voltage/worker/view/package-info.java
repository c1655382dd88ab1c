/** What the operator's page is told: looks at a running worker and leaves snapshots for the dashboard's server. */
@NullMarked
package voltage.worker.view;

import org.jspecify.annotations.NullMarked;
