/** What every ledger promises. */
@NullMarked
package voltage.store.ledger;

import org.jspecify.annotations.NullMarked;
