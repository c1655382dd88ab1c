package voltage.lambda.execution;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import voltage.order.Command;
import voltage.store.json.AccountJson;

/**
 * A batch of commands from a lane's queue, in order. A refusal is an outcome and succeeds. What fails is a ledger or report queue that
 * cannot be reached: that message and all later ones go back, to be delivered again in order; one that was already being sent
 * is then asked for and not sent again. A message that is no command of this lane is put among the dead letters at once, with
 * nothing lost: left to fail as often as the queue allows, it would hold up every exit behind it for minutes.
 */
public final class ExecutionHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutionHandler.class);

    private final CommandCodec codec;
    private final Executor executor;
    private final QueueCare queue;
    private long carriedOut;
    private long poisonous;

    /** As AWS makes it, from the function's environment; {@link ExecutionWiring} lists what that must hold. */
    public ExecutionHandler() {
        this(new ExecutionWiring(System.getenv()));
    }

    private ExecutionHandler(ExecutionWiring wiring) {
        this(AccountJson::command, wiring.executor(), wiring.queueCare());
    }

    public ExecutionHandler(CommandCodec codec, Executor executor, QueueCare queue) {
        this.codec = codec;
        this.executor = executor;
        this.queue = queue;
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        List<SQSMessage> messages = event.getRecords() == null ? List.of() : event.getRecords();
        for (int i = 0; i < messages.size(); i++) {
            SQSMessage message = messages.get(i);
            Command command;
            try {
                command = command(message);
            } catch (IOException | RuntimeException e) {
                poisonous++;
                LOG.error(
                        "message {} is no command of lane {} and goes to the dead letters: {}",
                        message.getMessageId(),
                        executor.lane().label(),
                        e.toString());
                if (isSetAside(message)) {
                    continue;
                }
                return giveBack(messages.subList(i, messages.size()));
            }
            try {
                executor.execute(command);
                carriedOut++;
            } catch (RuntimeException e) {
                List<SQSMessage> back = messages.subList(i, messages.size());
                LOG.error(
                        "command {} (message {}) could not be carried out; {} messages are delivered again",
                        command.id(),
                        message.getMessageId(),
                        back.size(),
                        e);
                return giveBack(back);
            }
        }
        return new SQSBatchResponse(List.of());
    }

    private boolean isSetAside(SQSMessage message) {
        try {
            queue.setAside(message);
            return true;
        } catch (RuntimeException e) {
            LOG.error("message {} could not be put among the dead letters", message.getMessageId(), e);
            return false;
        }
    }

    private SQSBatchResponse giveBack(List<SQSMessage> messages) {
        queue.deliverAgainSoon(messages);
        List<BatchItemFailure> failures = new ArrayList<>();
        for (SQSMessage message : messages) {
            failures.add(new BatchItemFailure(message.getMessageId()));
        }
        return new SQSBatchResponse(failures);
    }

    private Command command(SQSMessage message) throws IOException {
        Command command = codec.decode(message.getBody().getBytes(StandardCharsets.UTF_8));
        if (command.header().lane() != executor.lane()) {
            throw new IllegalArgumentException("command " + command.id() + " is of lane "
                    + command.header().lane().label());
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
