/** The journal: everything the engine takes in, as received, on disk at once and archived as compressed objects. */
@NullMarked
package voltage.store.journal;

import org.jspecify.annotations.NullMarked;
