/** Tests of the feeds, on virtual time and a transport made of lists, and of the Netty transport on a real socket. */
@NullMarked
package voltage.worker.feed;

import org.jspecify.annotations.NullMarked;
