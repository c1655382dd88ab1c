/** Kraken's market data protocols as pure decoders. */
@NullMarked
package voltage.spot.kraken;

import org.jspecify.annotations.NullMarked;
