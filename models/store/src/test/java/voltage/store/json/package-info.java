/** The wire format, pinned. */
@NullMarked
package voltage.store.json;

import org.jspecify.annotations.NullMarked;
