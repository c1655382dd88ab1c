package voltage.local.lambda;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;

/** What a function is given for received messages, and what its answer means for them. */
final class SqsEvents {
    private static final String REGION = "us-east-2";

    private SqsEvents() {}

    static SQSEvent of(List<Message> messages, String queueUrl) {
        SQSEvent event = new SQSEvent();
        event.setRecords(
                messages.stream().map(message -> record(message, queueUrl)).toList());
        return event;
    }

    private static SQSEvent.SQSMessage record(Message message, String queueUrl) {
        SQSEvent.SQSMessage record = new SQSEvent.SQSMessage();
        record.setMessageId(message.messageId());
        record.setReceiptHandle(message.receiptHandle());
        record.setBody(message.body());
        record.setMd5OfBody(message.md5OfBody());
        record.setAttributes(new HashMap<>(message.attributesAsStrings()));
        Map<String, SQSEvent.MessageAttribute> attributes = new HashMap<>();
        message.messageAttributes().forEach((name, value) -> {
            SQSEvent.MessageAttribute attribute = new SQSEvent.MessageAttribute();
            attribute.setDataType(value.dataType());
            attribute.setStringValue(value.stringValue());
            attributes.put(name, attribute);
        });
        record.setMessageAttributes(attributes);
        record.setEventSource("aws:sqs");
        record.setEventSourceArn(
                "arn:aws:sqs:" + REGION + ":000000000000:" + queueUrl.substring(queueUrl.lastIndexOf('/') + 1));
        record.setAwsRegion(REGION);
        return record;
    }

    /**
     * How many of the batch, from its start, were carried out: those before the first failure. An answer that names a message
     * which is not in the batch, or none at all, fails all of them, as it does at AWS.
     */
    static int carriedOut(List<Message> messages, @Nullable SQSBatchResponse response) {
        if (response == null || response.getBatchItemFailures() == null) {
            return messages.size();
        }
        Set<String> failed = new HashSet<>();
        for (SQSBatchResponse.BatchItemFailure failure : response.getBatchItemFailures()) {
            String id = failure.getItemIdentifier();
            if (id == null
                    || messages.stream()
                            .noneMatch(message -> message.messageId().equals(id))) {
                return 0;
            }
            failed.add(id);
        }
        int done = 0;
        while (done < messages.size() && !failed.contains(messages.get(done).messageId())) {
            done++;
        }
        return done;
    }
}
