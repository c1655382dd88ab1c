/** What every queue of commands and reports promises. */
@NullMarked
package voltage.store.queue;

import org.jspecify.annotations.NullMarked;
