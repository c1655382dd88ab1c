/** Real time: the local exchange played for other programs, and paper trading on live feeds. */
@NullMarked
package voltage.local.live;

import org.jspecify.annotations.NullMarked;
