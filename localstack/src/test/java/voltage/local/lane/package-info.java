@NullMarked
package voltage.local.lane;

import org.jspecify.annotations.NullMarked;
