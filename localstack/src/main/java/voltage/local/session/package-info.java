/** What happened outside in a recorded or simulated stretch of time: markets, their books, spot prices, the index. */
@NullMarked
package voltage.local.session;

import org.jspecify.annotations.NullMarked;
