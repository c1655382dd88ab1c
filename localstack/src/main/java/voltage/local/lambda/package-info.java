/** Lambda functions run as AWS runs them, in this process: batches, partial failures, time-outs, one at a time. */
@NullMarked
package voltage.local.lambda;

import org.jspecify.annotations.NullMarked;
