/** Backups of a stage's tables in its bucket, read back before they count, and the drill that restores one. */
@NullMarked
package voltage.store.backup;

import org.jspecify.annotations.NullMarked;
