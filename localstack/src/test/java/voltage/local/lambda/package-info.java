/** What the Lambda pump promises. */
@NullMarked
package voltage.local.lambda;

import org.jspecify.annotations.NullMarked;
