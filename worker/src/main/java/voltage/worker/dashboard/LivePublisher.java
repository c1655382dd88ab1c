package voltage.worker.dashboard;

import io.micronaut.serde.ObjectMapper;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the source four times a second while anybody watches, and sends what changed to everybody.
 *
 * <p>A message is {@code {"type":"snapshot","snapshot":{…}}}, {@code {"type":"heartbeat"}} when nothing has changed for a
 * while (so that the page can tell a quiet worker from a dead connection), or {@code {"type":"problem","message":"…"}} when the
 * source failed.
 */
@Singleton
final class LivePublisher {
    private static final Duration PERIOD = Duration.ofMillis(250);
    private static final long HEARTBEAT_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long STUCK_NANOS = Duration.ofSeconds(30).toNanos();
    private static final String HEARTBEAT = "{\"type\":\"heartbeat\"}";
    private static final Logger LOG = LoggerFactory.getLogger(LivePublisher.class);

    private final DashboardSource source;
    private final ObjectMapper json;
    private final Map<String, LiveClient> clients = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("dashboard-publisher").factory());
    private @Nullable Object last;
    private @Nullable String lastMessage;
    private long lastSentNanos = System.nanoTime();

    LivePublisher(DashboardSource source, ObjectMapper json) {
        this.source = source;
        this.json = json;
        var unused = timer.scheduleWithFixedDelay(
                this::publish, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A newcomer gets the newest message with the next look at the source. */
    void join(String id, LiveClient client) {
        clients.put(id, client);
    }

    void leave(String id) {
        clients.remove(id);
    }

    /** Never throws, or the timer would stop. */
    private void publish() {
        try {
            if (!clients.isEmpty()) {
                sendWhatIsDue();
            }
        } catch (RuntimeException e) {
            LOG.warn("the dashboard could not be sent; trying again in {}", PERIOD, e);
        }
    }

    private void sendWhatIsDue() {
        long now = System.nanoTime();
        boolean isNew = refresh();
        boolean isHeartbeatDue = !isNew && now - lastSentNanos > HEARTBEAT_NANOS;
        if (isNew || isHeartbeatDue) {
            lastSentNanos = now;
        }
        clients.forEach((id, client) -> {
            if (client.isStuck(STUCK_NANOS, now)) {
                clients.remove(id);
                client.drop();
            } else if (lastMessage != null && (isNew || client.isNewcomer())) {
                client.offer(lastMessage, now);
            } else if (isHeartbeatDue) {
                client.offerIfIdle(HEARTBEAT, now);
            }
        });
    }

    /** Reads the source; tells whether there is something new to say. */
    private boolean refresh() {
        try {
            DashboardSnapshot snapshot = source.snapshot();
            if (snapshot.equals(last)) {
                return false;
            }
            lastMessage = "{\"type\":\"snapshot\",\"snapshot\":" + json.writeValueAsString(snapshot) + "}";
            last = snapshot;
            return true;
        } catch (RuntimeException | IOException e) {
            String problem = String.valueOf(e);
            if (problem.equals(last)) {
                return false;
            }
            LOG.warn("the dashboard's source failed; the page says so", e);
            lastMessage = problemMessage(problem);
            last = problem;
            return true;
        }
    }

    private String problemMessage(String problem) {
        try {
            return json.writeValueAsString(Map.of("type", "problem", "message", problem));
        } catch (IOException e) {
            return "{\"type\":\"problem\",\"message\":\"unknown\"}";
        }
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }
}
