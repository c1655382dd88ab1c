/** The lanes' queues on SQS: commands to the executor, execution reports back. */
@NullMarked
package voltage.store.queue;

import org.jspecify.annotations.NullMarked;
