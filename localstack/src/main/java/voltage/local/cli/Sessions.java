package voltage.local.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import voltage.local.session.RecordedSession;
import voltage.local.session.Session;
import voltage.local.session.SessionException;
import voltage.local.session.SimulatedSession;

/** Opens what {@code --session} names, or the built-in simulation. */
final class Sessions {
    private Sessions() {}

    static Session open(@Nullable Path folder) {
        if (folder == null) {
            return new SimulatedSession(SimulatedSession.DEFAULT_SEED);
        }
        try {
            return RecordedSession.open(folder);
        } catch (SessionException e) {
            throw new Refusal(ExitCode.CONFIGURATION, String.valueOf(e.getMessage()), e);
        }
    }
}
