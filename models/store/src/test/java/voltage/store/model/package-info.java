@NullMarked
package voltage.store.model;

import org.jspecify.annotations.NullMarked;
