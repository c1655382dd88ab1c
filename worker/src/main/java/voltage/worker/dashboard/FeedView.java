package voltage.worker.dashboard;

import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/**
 * A feed's health, judged from its last message and never from its socket.
 *
 * @param ageMillis since the last message by the engine's clock, or null if there was none
 * @param limitMillis older than this is stale
 * @param gaps breaks in the sequence
 * @param malformed frames that could not be read
 */
@Serdeable
public record FeedView(
        String name,
        boolean isUp,
        @Nullable Long ageMillis,
        long limitMillis,
        long reconnects,
        long gaps,
        long malformed) {}
