/** Coinbase's market data protocols as pure decoders. */
@NullMarked
package voltage.spot.coinbase;

import org.jspecify.annotations.NullMarked;
