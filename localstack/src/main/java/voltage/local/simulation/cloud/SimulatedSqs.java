package voltage.local.simulation.cloud;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * One process's client of the simulated SQS, FIFO queues only. It never waits: a long poll answers at once. A queue that holds as
 * many messages as the simulation allows refuses to take more with {@code OverLimit}, which is counted. Single-threaded.
 */
public final class SimulatedSqs implements SqsClient {
    private static final int MAX_BODY_BYTES = 262_144;
    private static final int MAX_BATCH = 10;
    private static final int MAX_VISIBILITY_SECONDS = 43_200;
    private static final String URL = "https://sqs.us-east-2.amazonaws.com/000000000000/";
    private static final String ARN = "arn:aws:sqs:us-east-2:000000000000:";

    private final Map<String, FifoQueue> queues;
    private final FaultGate gate;
    private final LongSupplier nowNanos;

    SimulatedSqs(Map<String, FifoQueue> queues, FaultGate gate, LongSupplier nowNanos) {
        this.queues = queues;
        this.gate = gate;
        this.nowNanos = nowNanos;
    }

    private <R> R call(CloudOperation operation, @Nullable String url, Function<Verdict, R> carryOut) {
        return gate.call(operation, name(url), SqsErrors::refusal, carryOut);
    }

    private static String name(@Nullable String url) {
        return url == null ? "" : url.substring(url.lastIndexOf('/') + 1);
    }

    private FifoQueue queue(@Nullable String url) {
        FifoQueue queue = queues.get(name(url));
        if (queue == null) {
            throw SqsErrors.noQueue();
        }
        return queue;
    }

    @Override
    public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
        return call(CloudOperation.GET_QUEUE_URL, request.queueName(), verdict -> {
            FifoQueue queue = queue(request.queueName());
            return GetQueueUrlResponse.builder()
                    .queueUrl(URL + queue.definition().name())
                    .build();
        });
    }

    @Override
    public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
        return call(CloudOperation.GET_QUEUE_ATTRIBUTES, request.queueUrl(), verdict -> {
            FifoQueue queue = queue(request.queueUrl());
            long now = nowNanos.getAsLong();
            int inFlight = queue.inFlight(now);
            int delayed = queue.delayed(now);
            Map<QueueAttributeName, String> all = new EnumMap<>(QueueAttributeName.class);
            all.put(QueueAttributeName.QUEUE_ARN, ARN + queue.definition().name());
            all.put(QueueAttributeName.FIFO_QUEUE, "true");
            all.put(
                    QueueAttributeName.VISIBILITY_TIMEOUT,
                    String.valueOf(queue.definition().visibilityTimeout().toSeconds()));
            all.put(
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                    String.valueOf(queue.size() - inFlight - delayed));
            all.put(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, String.valueOf(inFlight));
            all.put(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED, String.valueOf(delayed));
            if (!request.attributeNames().contains(QueueAttributeName.ALL)) {
                for (QueueAttributeName wanted : request.attributeNames()) {
                    if (!all.containsKey(wanted)) {
                        throw new UnsupportedOperationException("the queue attribute " + wanted + " is not simulated");
                    }
                }
                all.keySet().retainAll(request.attributeNames());
            }
            return GetQueueAttributesResponse.builder().attributes(all).build();
        });
    }

    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
        return call(CloudOperation.SEND_MESSAGE, request.queueUrl(), verdict -> {
            Requests.refuse(request.hasMessageAttributes(), "MessageAttributes");
            Requests.refuse(request.hasMessageSystemAttributes(), "MessageSystemAttributes");
            Requests.refuse(request.delaySeconds() != null, "DelaySeconds");
            FifoMessage message = send(
                    queue(request.queueUrl()),
                    request.messageGroupId(),
                    request.messageDeduplicationId(),
                    request.messageBody(),
                    verdict);
            return SendMessageResponse.builder()
                    .messageId(message.id())
                    .sequenceNumber(sequenceNumber(message))
                    .md5OfMessageBody(md5(request.messageBody()))
                    .build();
        });
    }

    @Override
    public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
        return call(CloudOperation.SEND_MESSAGE_BATCH, request.queueUrl(), verdict -> {
            FifoQueue queue = queue(request.queueUrl());
            List<SendMessageBatchResultEntry> sent = new ArrayList<>();
            List<BatchResultErrorEntry> failed =
                    batch(request.entries(), SendMessageBatchRequestEntry::id, verdict, entry -> {
                        Requests.refuse(entry.hasMessageAttributes(), "MessageAttributes");
                        Requests.refuse(entry.hasMessageSystemAttributes(), "MessageSystemAttributes");
                        Requests.refuse(entry.delaySeconds() != null, "DelaySeconds");
                        FifoMessage message = send(
                                queue,
                                entry.messageGroupId(),
                                entry.messageDeduplicationId(),
                                entry.messageBody(),
                                verdict);
                        sent.add(SendMessageBatchResultEntry.builder()
                                .id(entry.id())
                                .messageId(message.id())
                                .sequenceNumber(sequenceNumber(message))
                                .md5OfMessageBody(md5(entry.messageBody()))
                                .build());
                    });
            return SendMessageBatchResponse.builder()
                    .successful(sent)
                    .failed(failed)
                    .build();
        });
    }

    private FifoMessage send(
            FifoQueue queue,
            @Nullable String group,
            @Nullable String deduplicationId,
            @Nullable String body,
            Verdict verdict) {
        if (group == null) {
            throw SqsErrors.missing("MessageGroupId");
        }
        if (deduplicationId == null) {
            throw SqsErrors.invalid("The queue should either have ContentBasedDeduplication enabled or"
                    + " MessageDeduplicationId provided explicitly");
        }
        if (body == null || body.isEmpty()) {
            throw SqsErrors.missing("MessageBody");
        }
        if (Attributes.utf8(body) > MAX_BODY_BYTES) {
            throw SqsErrors.invalid("One or more parameters are invalid. Reason: Message must be shorter than "
                    + MAX_BODY_BYTES + " bytes.");
        }
        long now = nowNanos.getAsLong();
        Optional<FifoMessage> earlier = queue.sentLately(deduplicationId, now);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        if (queue.isFull()) {
            gate.counters().full();
            throw SqsErrors.overLimit("the simulated queue "
                    + queue.definition().name() + " is full, it holds " + queue.size() + " messages");
        }
        long delay = verdict instanceof Verdict.Delayed delayed ? delayed.nanos() : 0;
        return queue.send(group, deduplicationId, body, delay, now);
    }

    @Override
    public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
        return call(CloudOperation.RECEIVE_MESSAGE, request.queueUrl(), verdict -> {
            Requests.refuse(request.receiveRequestAttemptId() != null, "ReceiveRequestAttemptId");
            FifoQueue queue = queue(request.queueUrl());
            int max = request.maxNumberOfMessages() == null ? 1 : request.maxNumberOfMessages();
            if (max < 1 || max > MAX_BATCH) {
                throw SqsErrors.invalid("Value " + max + " for parameter MaxNumberOfMessages is invalid. Reason: Must"
                        + " be between 1 and 10, if provided.");
            }
            if (is(verdict, Fault.EMPTY_RECEIVE)) {
                return ReceiveMessageResponse.builder().build();
            }
            long now = nowNanos.getAsLong();
            if (queue.size() >= FifoQueue.MAX_IN_FLIGHT && queue.inFlight(now) >= FifoQueue.MAX_IN_FLIGHT) {
                throw SqsErrors.overLimit("Too many messages are in flight");
            }
            long visibility = request.visibilityTimeout() == null
                    ? queue.definition().visibilityTimeout().toNanos()
                    : visibilityNanos(request.visibilityTimeout());
            Set<MessageSystemAttributeName> wanted = new HashSet<>(request.messageSystemAttributeNames());
            request.attributeNames()
                    .forEach(name -> wanted.add(MessageSystemAttributeName.fromValue(String.valueOf(name))));
            return ReceiveMessageResponse.builder()
                    .messages(queue.receive(max, visibility, now).stream()
                            .map(message -> message(message, wanted))
                            .toList())
                    .build();
        });
    }

    private static Message message(FifoMessage message, Set<MessageSystemAttributeName> wanted) {
        Message.Builder builder = Message.builder()
                .messageId(message.id())
                .receiptHandle(message.sequence() + "#" + message.receipt())
                .body(message.body())
                .md5OfBody(md5(message.body()));
        if (wanted.isEmpty()) {
            return builder.build();
        }
        Map<MessageSystemAttributeName, String> attributes = new EnumMap<>(MessageSystemAttributeName.class);
        attributes.put(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, String.valueOf(message.receiveCount()));
        attributes.put(
                MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP, millis(message.firstReceivedNanos()));
        attributes.put(MessageSystemAttributeName.SENT_TIMESTAMP, millis(message.sentNanos()));
        attributes.put(MessageSystemAttributeName.SENDER_ID, "simulation");
        attributes.put(MessageSystemAttributeName.MESSAGE_GROUP_ID, message.group());
        attributes.put(MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID, message.deduplicationId());
        attributes.put(MessageSystemAttributeName.SEQUENCE_NUMBER, sequenceNumber(message));
        if (!wanted.contains(MessageSystemAttributeName.ALL)) {
            attributes.keySet().retainAll(wanted);
        }
        return builder.attributes(attributes).build();
    }

    @Override
    public DeleteMessageResponse deleteMessage(DeleteMessageRequest request) {
        return call(CloudOperation.DELETE_MESSAGE, request.queueUrl(), verdict -> {
            delete(queue(request.queueUrl()), request.receiptHandle(), verdict);
            return DeleteMessageResponse.builder().build();
        });
    }

    @Override
    public DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
        return call(CloudOperation.DELETE_MESSAGE_BATCH, request.queueUrl(), verdict -> {
            FifoQueue queue = queue(request.queueUrl());
            List<DeleteMessageBatchResultEntry> done = new ArrayList<>();
            List<BatchResultErrorEntry> failed =
                    batch(request.entries(), DeleteMessageBatchRequestEntry::id, verdict, entry -> {
                        delete(queue, entry.receiptHandle(), verdict);
                        done.add(DeleteMessageBatchResultEntry.builder()
                                .id(entry.id())
                                .build());
                    });
            return DeleteMessageBatchResponse.builder()
                    .successful(done)
                    .failed(failed)
                    .build();
        });
    }

    private void delete(FifoQueue queue, @Nullable String handle, Verdict verdict) {
        Optional<FifoMessage> message = inFlight(queue, handle);
        if (message.isPresent() && !is(verdict, Fault.DELETE_LOST)) {
            queue.remove(message.get());
        }
    }

    @Override
    public ChangeMessageVisibilityResponse changeMessageVisibility(ChangeMessageVisibilityRequest request) {
        return call(CloudOperation.CHANGE_MESSAGE_VISIBILITY, request.queueUrl(), verdict -> {
            hide(queue(request.queueUrl()), request.receiptHandle(), request.visibilityTimeout());
            return ChangeMessageVisibilityResponse.builder().build();
        });
    }

    @Override
    public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
            ChangeMessageVisibilityBatchRequest request) {
        return call(CloudOperation.CHANGE_MESSAGE_VISIBILITY_BATCH, request.queueUrl(), verdict -> {
            FifoQueue queue = queue(request.queueUrl());
            List<ChangeMessageVisibilityBatchResultEntry> done = new ArrayList<>();
            List<BatchResultErrorEntry> failed =
                    batch(request.entries(), ChangeMessageVisibilityBatchRequestEntry::id, verdict, entry -> {
                        hide(queue, entry.receiptHandle(), entry.visibilityTimeout());
                        done.add(ChangeMessageVisibilityBatchResultEntry.builder()
                                .id(entry.id())
                                .build());
                    });
            return ChangeMessageVisibilityBatchResponse.builder()
                    .successful(done)
                    .failed(failed)
                    .build();
        });
    }

    private void hide(FifoQueue queue, @Nullable String handle, @Nullable Integer seconds) {
        if (seconds == null) {
            throw SqsErrors.missing("VisibilityTimeout");
        }
        long nanos = visibilityNanos(seconds);
        FifoMessage message = inFlight(queue, handle)
                .orElseThrow(() -> SqsErrors.invalid("Value " + handle + " for parameter ReceiptHandle is invalid."
                        + " Reason: Message does not exist or is not available for visibility timeout change."));
        message.hideUntil(nowNanos.getAsLong() + nanos);
    }

    private static long visibilityNanos(int seconds) {
        if (seconds < 0 || seconds > MAX_VISIBILITY_SECONDS) {
            throw SqsErrors.invalid("Value " + seconds + " for parameter VisibilityTimeout is invalid. Reason:"
                    + " VisibilityTimeout must be an integer between 0 and " + MAX_VISIBILITY_SECONDS);
        }
        return seconds * 1_000_000_000L;
    }

    /**
     * The message of a handle, empty if it is gone. A FIFO queue does not take the handle of an earlier reception, nor that of a
     * message that is visible again.
     */
    private Optional<FifoMessage> inFlight(FifoQueue queue, @Nullable String handle) {
        if (handle == null) {
            throw SqsErrors.missing("ReceiptHandle");
        }
        int hash = handle.indexOf('#');
        long sequence;
        long receipt;
        try {
            sequence = Long.parseLong(handle.substring(0, Math.max(0, hash)));
            receipt = Long.parseLong(handle.substring(hash + 1));
        } catch (NumberFormatException e) {
            throw SqsErrors.badHandle(handle);
        }
        if (!queue.hasGiven(sequence)) {
            throw SqsErrors.badHandle(handle);
        }
        Optional<FifoMessage> message = queue.find(sequence);
        if (message.isPresent()
                && (message.get().receipt() != receipt || !message.get().isInFlight(nowNanos.getAsLong()))) {
            throw SqsErrors.invalid("Value " + handle
                    + " for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.");
        }
        return message;
    }

    private interface Entry<E> {
        void carryOut(E entry);
    }

    /** Carries out a batch, each entry by itself, and tells which failed. */
    private static <E> List<BatchResultErrorEntry> batch(
            List<E> entries, Function<E, String> id, Verdict verdict, Entry<E> work) {
        if (entries.isEmpty() || entries.size() > MAX_BATCH) {
            throw SqsErrors.batch(entries.size());
        }
        Set<String> ids = new HashSet<>();
        for (E entry : entries) {
            if (!ids.add(id.apply(entry))) {
                throw SqsErrors.repeatedEntry(id.apply(entry));
            }
        }
        int done = is(verdict, Fault.HALF_DONE) ? entries.size() / 2 : entries.size();
        List<BatchResultErrorEntry> failed = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            E entry = entries.get(i);
            if (i >= done) {
                failed.add(failure(id.apply(entry), "InternalFailure", "simulated", false));
                continue;
            }
            try {
                work.carryOut(entry);
            } catch (SqsException e) {
                failed.add(failure(
                        id.apply(entry),
                        e.awsErrorDetails().errorCode(),
                        e.awsErrorDetails().errorMessage(),
                        true));
            }
        }
        return failed;
    }

    private static BatchResultErrorEntry failure(String id, String code, String message, boolean isSenders) {
        return BatchResultErrorEntry.builder()
                .id(id)
                .code(code)
                .message(message)
                .senderFault(isSenders)
                .build();
    }

    private static boolean is(Verdict verdict, Fault fault) {
        return verdict instanceof Verdict.Injected injected && injected.fault() == fault;
    }

    private static String sequenceNumber(FifoMessage message) {
        String digits = String.valueOf(message.sequence());
        return "0".repeat(20 - digits.length()) + digits;
    }

    private static String millis(long nanos) {
        return String.valueOf(Math.floorDiv(nanos, 1_000_000L));
    }

    private static String md5(String body) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
