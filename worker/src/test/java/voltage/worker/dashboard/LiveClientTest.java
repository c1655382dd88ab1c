package voltage.worker.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LiveClientTest {
    private final List<String> sent = new ArrayList<>();
    private final List<CompletableFuture<String>> answers = new ArrayList<>();
    private final AtomicInteger drops = new AtomicInteger();
    private final LiveClient client = new LiveClient(this::send, drops::incrementAndGet);

    @Test
    void a_quick_client_gets_everything() {
        client.offer("1", 0);
        answers.getLast().complete("");
        client.offer("2", 0);
        answers.getLast().complete("");

        assertThat(sent).containsExactly("1", "2");
    }

    @Test
    void a_slow_client_gets_the_newest_and_nothing_in_between() {
        for (int i = 1; i <= 1_000; i++) {
            client.offer(String.valueOf(i), 0);
        }
        assertThat(sent).containsExactly("1");

        answers.getLast().complete("");
        assertThat(sent).containsExactly("1", "1000");

        answers.getLast().complete("");
        assertThat(sent).hasSize(2);
    }

    @Test
    void a_heartbeat_never_displaces_a_snapshot_that_waits() {
        client.offer("1", 0);
        client.offer("2", 0);
        client.offerIfIdle("heartbeat", 0);
        answers.getLast().complete("");
        answers.getLast().complete("");
        client.offerIfIdle("heartbeat", 0);

        assertThat(sent).containsExactly("1", "2", "heartbeat");
    }

    @Test
    void a_client_that_takes_nothing_is_known_as_stuck() {
        client.offer("1", 100);

        assertThat(client.isStuck(50, 150)).isFalse();
        assertThat(client.isStuck(50, 151)).isTrue();
    }

    @Test
    void a_client_that_fails_is_dropped() {
        client.offer("1", 0);
        answers.getLast().completeExceptionally(new IllegalStateException("gone"));

        assertThat(drops).hasValue(1);
    }

    @Test
    void a_client_that_is_already_closed_is_dropped_and_does_no_harm() {
        LiveClient closed = new LiveClient(
                message -> {
                    throw new IllegalStateException("closed");
                },
                drops::incrementAndGet);

        closed.offer("1", 0);

        assertThat(drops).hasValue(1);
    }

    private CompletableFuture<String> send(String message) {
        sent.add(message);
        answers.add(new CompletableFuture<>());
        return answers.getLast();
    }
}
