/** A lane as an operator reaches it: its ledger, queue and exchange, wherever its cloud runs. */
@NullMarked
package voltage.local.lane;

import org.jspecify.annotations.NullMarked;
