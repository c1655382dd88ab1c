/** Tests of the decoders. */
@NullMarked
package voltage.spot.kraken;

import org.jspecify.annotations.NullMarked;
