/** Tests of the feed servers, against the decoders that the worker uses. */
@NullMarked
package voltage.local.feeds;

import org.jspecify.annotations.NullMarked;
