/**
 * A Kalshi-compatible exchange for one machine: a deterministic core that maps requests, commands and session events to the
 * bodies and frames that Kalshi sends, and a thin server around it.
 */
@NullMarked
package voltage.local.exchange;

import org.jspecify.annotations.NullMarked;
