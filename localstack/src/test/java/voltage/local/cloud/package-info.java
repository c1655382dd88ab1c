/** What the embedded cloud promises: AWS's behaviour where Voltage depends on it, and durability. */
@NullMarked
package voltage.local.cloud;

import org.jspecify.annotations.NullMarked;
