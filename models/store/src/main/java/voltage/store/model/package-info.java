/** The registry of models: versions in S3, and for each lane in DynamoDB which of them forecasts. */
@NullMarked
package voltage.store.model;

import org.jspecify.annotations.NullMarked;
