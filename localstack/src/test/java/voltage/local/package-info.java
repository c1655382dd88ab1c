@NullMarked
package voltage.local;

import org.jspecify.annotations.NullMarked;
