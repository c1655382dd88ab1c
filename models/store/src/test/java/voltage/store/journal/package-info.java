/** What the journal promises, as tests. */
@NullMarked
package voltage.store.journal;

import org.jspecify.annotations.NullMarked;
