@NullMarked
package voltage.store.backup;

import org.jspecify.annotations.NullMarked;
