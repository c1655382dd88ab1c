package voltage.lambda.execution;

import voltage.order.Command;

/** Reads a command from a queue message's body; {@code CommandEnvelope::decode} of the store is one. */
@FunctionalInterface
public interface CommandCodec {
    /**
     * The command.
     *
     * @throws RuntimeException if the body is none; the message says why
     */
    Command decode(String body);
}
