/** The live feeds: one policy of connecting, watching and recovering for all, and a thin shell for each venue. */
@NullMarked
package voltage.worker.feed;

import org.jspecify.annotations.NullMarked;
