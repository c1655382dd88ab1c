/** Tests of what the spot decoders share. */
@NullMarked
package voltage.spot;

import org.jspecify.annotations.NullMarked;
