/** The cloud on one machine: DynamoDB, SQS and S3 in this process, in memory or durable in a directory. */
@NullMarked
package voltage.local.cloud;

import org.jspecify.annotations.NullMarked;
