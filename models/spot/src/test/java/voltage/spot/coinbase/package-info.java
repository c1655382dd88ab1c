/** Tests of the decoders. */
@NullMarked
package voltage.spot.coinbase;

import org.jspecify.annotations.NullMarked;
