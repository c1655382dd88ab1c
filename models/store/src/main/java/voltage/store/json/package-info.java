/** Commands, reports, cash flows and lane states as JSON text: one encoding for queues, ledger and journal. */
@NullMarked
package voltage.store.json;

import org.jspecify.annotations.NullMarked;
