package voltage.store.queue;

import voltage.order.Command;
import voltage.store.json.RecordJson;

/**
 * A command as the body of a queue's message.
 *
 * @param version of the encoding; a reader refuses a higher one than it knows
 */
public record CommandEnvelope(int version, Command command) {
    public static final int VERSION = 1;

    public CommandEnvelope {
        if (version < 1 || version > VERSION) {
            throw new IllegalArgumentException("a command's encoding must be version 1 to " + VERSION + ", was "
                    + version + ". Remedy: deploy the executor before the worker");
        }
    }

    public static String encode(Command command) {
        return RecordJson.writeText(CommandEnvelope.class, new CommandEnvelope(VERSION, command));
    }

    /** @throws RecordJson.MalformedJsonException if the body is no command */
    public static Command decode(String body) {
        return RecordJson.read(CommandEnvelope.class, body).command();
    }
}
