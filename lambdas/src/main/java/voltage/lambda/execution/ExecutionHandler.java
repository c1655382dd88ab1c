package voltage.lambda.execution;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import voltage.order.Command;

/**
 * A batch of commands from a lane's queue, in order. A refusal is an outcome and succeeds. What fails is a ledger or report queue that
 * cannot be reached: that message and all later ones go back, to be delivered again in order; one that was already being sent
 * is then asked for and not sent again. A message that is no command of this lane fails by itself, so that it ends in the dead
 * letters with nothing lost; the later ones need not wait for it.
 */
public final class ExecutionHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutionHandler.class);

    private final CommandCodec codec;
    private final Executor executor;
    private long carriedOut;
    private long poisonous;

    public ExecutionHandler(CommandCodec codec, Executor executor) {
        this.codec = codec;
        this.executor = executor;
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        List<SQSMessage> messages = event.getRecords() == null ? List.of() : event.getRecords();
        List<BatchItemFailure> failures = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            SQSMessage message = messages.get(i);
            Command command;
            try {
                command = command(message);
            } catch (RuntimeException e) {
                poisonous++;
                LOG.error("message {} is no command of lane {} and goes to the dead letters: {}",
                        message.getMessageId(), executor.lane().label(), e.toString());
                failures.add(new BatchItemFailure(message.getMessageId()));
                continue;
            }
            try {
                executor.execute(command);
                carriedOut++;
            } catch (RuntimeException e) {
                LOG.error(
                        "command {} (message {}) could not be carried out and is delivered again, with {} later ones",
                        command.id(),
                        message.getMessageId(),
                        messages.size() - i - 1,
                        e);
                for (SQSMessage later : messages.subList(i, messages.size())) {
                    failures.add(new BatchItemFailure(later.getMessageId()));
                }
                break;
            }
        }
        return new SQSBatchResponse(failures);
    }

    private Command command(SQSMessage message) {
        Command command = codec.decode(message.getBody());
        if (command.header().lane() != executor.lane()) {
            throw new IllegalArgumentException(
                    "command " + command.id() + " is of lane " + command.header().lane().label());
        }
        return command;
    }

    /** Commands carried out, refusals included, since this process began. */
    public long carriedOut() {
        return carriedOut;
    }

    /** Messages that were no command. */
    public long poisonous() {
        return poisonous;
    }
}
