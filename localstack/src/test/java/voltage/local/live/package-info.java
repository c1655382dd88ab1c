/** Tests of what runs in real time. */
@NullMarked
package voltage.local.live;

import org.jspecify.annotations.NullMarked;
