package voltage.lambda.execution;

import java.io.IOException;
import voltage.order.Command;

/** Reads a command from a queue message's body; {@code AccountJson::command} of the store is one. */
@FunctionalInterface
public interface CommandCodec {
    /**
     * The command.
     *
     * @param body UTF-8
     * @throws IOException if the body is none; the message says why
     */
    Command decode(byte[] body) throws IOException;
}
