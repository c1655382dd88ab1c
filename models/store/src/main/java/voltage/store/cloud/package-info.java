/** The cloud as Voltage uses it: its tables, queues and buckets, how to reach them and how to create what is missing. */
@NullMarked
package voltage.store.cloud;

import org.jspecify.annotations.NullMarked;
