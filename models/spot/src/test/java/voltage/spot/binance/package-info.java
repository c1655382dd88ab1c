/** Tests of the decoders. */
@NullMarked
package voltage.spot.binance;

import org.jspecify.annotations.NullMarked;
