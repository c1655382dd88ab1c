package voltage.local.simulation.cloud;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sqs.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sqs.model.EmptyBatchRequestException;
import software.amazon.awssdk.services.sqs.model.OverLimitException;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.ReceiptHandleIsInvalidException;
import software.amazon.awssdk.services.sqs.model.RequestThrottledException;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.sqs.model.TooManyEntriesInBatchRequestException;

/** SQS's refusals, as the SDK throws them. */
final class SqsErrors {
    static final String INVALID = "InvalidParameterValue";

    private SqsErrors() {}

    static SqsException invalid(String message) {
        return generic(INVALID, message, 400);
    }

    static SqsException missing(String parameter) {
        return generic("MissingParameter", "The request must contain the parameter " + parameter + ".", 400);
    }

    static SqsException noQueue() {
        String message = "The specified queue does not exist.";
        return (SqsException) QueueDoesNotExistException.builder()
                .message(message)
                .statusCode(400)
                .awsErrorDetails(details("QueueDoesNotExist", message))
                .build();
    }

    static SqsException overLimit(String message) {
        return (SqsException) OverLimitException.builder()
                .message(message)
                .statusCode(403)
                .awsErrorDetails(details("OverLimit", message))
                .build();
    }

    static SqsException badHandle(String handle) {
        String message = "The input receipt handle \"" + handle + "\" is not a valid receipt handle.";
        return (SqsException) ReceiptHandleIsInvalidException.builder()
                .message(message)
                .statusCode(404)
                .awsErrorDetails(details("ReceiptHandleIsInvalid", message))
                .build();
    }

    static SqsException batch(int entries) {
        return entries == 0
                ? (SqsException) EmptyBatchRequestException.builder()
                        .message("There should be at least one entry in the request.")
                        .statusCode(400)
                        .build()
                : (SqsException) TooManyEntriesInBatchRequestException.builder()
                        .message("Maximum number of entries per request are 10. You have sent " + entries + ".")
                        .statusCode(400)
                        .build();
    }

    static SqsException repeatedEntry(String id) {
        return (SqsException) BatchEntryIdsNotDistinctException.builder()
                .message("Id " + id + " repeated.")
                .statusCode(400)
                .build();
    }

    /** What a fault with which nothing happens looks like; null for those that SQS does not have. */
    static @Nullable RuntimeException refusal(Fault fault) {
        return switch (fault) {
            case THROTTLED ->
                RequestThrottledException.builder()
                        .message("Rate exceeded")
                        .statusCode(403)
                        .awsErrorDetails(details("RequestThrottled", "Rate exceeded"))
                        .build();
            case SERVER_ERROR -> generic("InternalFailure", "We encountered an internal error.", 500);
            case OVER_LIMIT -> overLimit("Too many messages are in flight");
            case UNREACHABLE,
                    ANSWER_LOST,
                    REPEATED,
                    DEATH_BEFORE,
                    DEATH_AFTER,
                    TRANSACTION_CONFLICT,
                    TRANSACTION_THROTTLED,
                    CONDITION_FAILED,
                    HALF_DONE,
                    EMPTY_RECEIVE,
                    DELETE_LOST,
                    DELAYED_DELIVERY -> null;
        };
    }

    private static SqsException generic(String code, String message, int status) {
        return (SqsException) SqsException.builder()
                .message(message)
                .statusCode(status)
                .awsErrorDetails(details(code, message))
                .build();
    }

    private static AwsErrorDetails details(String code, String message) {
        return AwsErrorDetails.builder()
                .serviceName("Sqs")
                .errorCode(code)
                .errorMessage(message)
                .build();
    }
}
