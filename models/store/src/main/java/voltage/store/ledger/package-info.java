/** The ledger in DynamoDB: commands, cash flows and lane states, changed by single conditional transactions. */
@NullMarked
package voltage.store.ledger;

import org.jspecify.annotations.NullMarked;
