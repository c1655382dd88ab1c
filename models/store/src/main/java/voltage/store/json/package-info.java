/** The one JSON form of commands, reports and ledger records: on queues, in tables and in the journal. */
@NullMarked
package voltage.store.json;

import org.jspecify.annotations.NullMarked;
