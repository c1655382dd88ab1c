/** DynamoDB, SQS and Lambda in memory, under a virtual clock and in one thread, failing when and how a simulation wants them to. */
@NullMarked
package voltage.local.simulation.cloud;

import org.jspecify.annotations.NullMarked;
