/** What the decoders of all spot venues share: JSON with exact numbers, deduplication of trades, closing of candles. */
@NullMarked
package voltage.spot;

import org.jspecify.annotations.NullMarked;
