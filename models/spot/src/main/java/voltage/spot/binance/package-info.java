/** Binance's market data protocols as pure decoders. */
@NullMarked
package voltage.spot.binance;

import org.jspecify.annotations.NullMarked;
