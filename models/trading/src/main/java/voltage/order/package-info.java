/** Orders and money: commands, execution reports, the account as a sum of cash flows, and the ledger and queue ports. */
@NullMarked
package voltage.order;

import org.jspecify.annotations.NullMarked;
