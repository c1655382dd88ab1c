/** A small HTTP and WebSocket server on the loopback interface, for everything local that speaks to clients over sockets. */
@NullMarked
package voltage.local.net;

import org.jspecify.annotations.NullMarked;
