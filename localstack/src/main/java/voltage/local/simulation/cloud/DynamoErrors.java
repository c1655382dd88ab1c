package voltage.local.simulation.cloud;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** DynamoDB's refusals, as the SDK throws them. */
final class DynamoErrors {
    static final String CONDITION_FAILED = "ConditionalCheckFailed";
    static final String CONFLICT = "TransactionConflict";
    static final String THROTTLED = "ThrottlingError";
    private static final String NONE = "None";

    private DynamoErrors() {}

    static DynamoDbException invalid(String message) {
        return (DynamoDbException) DynamoDbException.builder()
                .message(message)
                .statusCode(400)
                .awsErrorDetails(details("ValidationException", message))
                .build();
    }

    static DynamoDbException noTable(String name) {
        String message = "Requested resource not found: Table: " + name + " not found";
        return ResourceNotFoundException.builder()
                .message(message)
                .statusCode(400)
                .awsErrorDetails(details("ResourceNotFoundException", message))
                .build();
    }

    static DynamoDbException conditionFailed(@Nullable Map<String, AttributeValue> seen) {
        String message = "The conditional request failed";
        var builder = ConditionalCheckFailedException.builder();
        if (seen != null) {
            builder.item(seen);
        }
        return builder.message(message)
                .statusCode(400)
                .awsErrorDetails(details("ConditionalCheckFailedException", message))
                .build();
    }

    static DynamoDbException conflict() {
        String message = "Transaction is ongoing for the item";
        return TransactionConflictException.builder()
                .message(message)
                .statusCode(400)
                .awsErrorDetails(details("TransactionConflictException", message))
                .build();
    }

    static DynamoDbException throttled() {
        String message = "The level of configured provisioned throughput for the table was exceeded";
        return ProvisionedThroughputExceededException.builder()
                .message(message)
                .statusCode(400)
                .awsErrorDetails(details("ProvisionedThroughputExceededException", message))
                .build();
    }

    static DynamoDbException serverError() {
        String message = "The request could not be completed due to an internal failure";
        return InternalServerErrorException.builder()
                .message(message)
                .statusCode(500)
                .awsErrorDetails(details("InternalServerError", message))
                .build();
    }

    static DynamoDbException tokenMismatch(String token) {
        String message = "The request uses the same client token " + token + " as a different earlier request";
        return IdempotentParameterMismatchException.builder()
                .message(message)
                .statusCode(400)
                .awsErrorDetails(details("IdempotentParameterMismatchException", message))
                .build();
    }

    static DynamoDbException cancelled(List<CancellationReason> reasons) {
        String message = "Transaction cancelled, please refer cancellation reasons for specific reasons "
                + reasons.stream().map(CancellationReason::code).toList();
        return TransactionCanceledException.builder()
                .cancellationReasons(reasons)
                .message(message)
                .statusCode(400)
                .awsErrorDetails(details("TransactionCanceledException", message))
                .build();
    }

    static CancellationReason noReason() {
        return CancellationReason.builder().code(NONE).build();
    }

    static CancellationReason reason(String code, String message, @Nullable Map<String, AttributeValue> seen) {
        var builder = CancellationReason.builder().code(code).message(message);
        return seen == null ? builder.build() : builder.item(seen).build();
    }

    private static AwsErrorDetails details(String code, String message) {
        return AwsErrorDetails.builder()
                .serviceName("DynamoDb")
                .errorCode(code)
                .errorMessage(message)
                .build();
    }
}
