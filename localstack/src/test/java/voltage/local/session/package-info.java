/** Tests of sessions on recordings of our own making, and on the real ones where they are present. */
@NullMarked
package voltage.local.session;

import org.jspecify.annotations.NullMarked;
