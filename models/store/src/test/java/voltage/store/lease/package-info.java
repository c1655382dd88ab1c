/** The lease: what every store of it promises, and its rules under clocks that differ, pauses and lost answers. */
@NullMarked
package voltage.store.lease;

import org.jspecify.annotations.NullMarked;
