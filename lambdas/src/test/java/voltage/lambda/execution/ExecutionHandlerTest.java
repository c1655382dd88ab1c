package voltage.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.market.FeeSchedule;
import voltage.order.Command;
import voltage.order.Command.Header;
import voltage.order.Command.Settle;
import voltage.order.ExecutionReport;
import voltage.order.InMemoryLedger;
import voltage.order.Lane;
import voltage.store.json.AccountJson;

@Timeout(20)
class ExecutionHandlerTest {
    private static final Context CONTEXT = (Context) Proxy.newProxyInstance(
            ExecutionHandlerTest.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, args) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    private final VirtualTime time = new VirtualTime();
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final List<ExecutionReport> reports = new ArrayList<>();
    private String downAt = "";
    private final List<String> deadLetters = new ArrayList<>();
    private final List<String> soon = new ArrayList<>();
    private boolean deadLettersAreDown;
    private final ExecutionHandler handler = new ExecutionHandler(
            bytes -> {
                String body = new String(bytes, StandardCharsets.UTF_8);
                if (!body.startsWith("settle ")) {
                    throw new IllegalArgumentException("no command: " + body);
                }
                return settle(body.substring("settle ".length()));
            },
            new Executor(
                    Lane.PAPER,
                    ledger,
                    new FakeExchange(time, 0),
                    (lane, sent) -> {
                        if (sent.getFirst().commandId().equals(downAt)) {
                            throw new IllegalStateException("queue is down");
                        }
                        reports.addAll(sent);
                    },
                    time,
                    time,
                    TestLane.WIDE,
                    FeeSchedule.QUADRATIC,
                    ExecutorSettings.DEFAULT),
            new QueueCare() {
                @Override
                public void setAside(SQSMessage message) {
                    if (deadLettersAreDown) {
                        throw new IllegalStateException("dead letters are down");
                    }
                    deadLetters.add(message.getBody());
                }

                @Override
                public void deliverAgainSoon(List<SQSMessage> messages) {
                    messages.forEach(message -> soon.add(message.getBody()));
                }
            });

    private static Command settle(String id) {
        Lane lane = id.startsWith("live") ? Lane.LIVE : Lane.PAPER;
        return new Settle(new Header(id, lane, 0, Long.MAX_VALUE, 0, 0), "M-" + id);
    }

    private List<String> handle(String... bodies) {
        SQSEvent event = new SQSEvent();
        List<SQSMessage> messages = new ArrayList<>();
        for (String body : bodies) {
            SQSMessage message = new SQSMessage();
            message.setMessageId("id of " + body);
            message.setBody(body);
            messages.add(message);
        }
        event.setRecords(messages);
        return handler.handleRequest(event, CONTEXT).getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList();
    }

    @Test
    void commands_are_carried_out_in_order_and_refusals_are_no_failures() {
        assertThat(handle("settle a", "settle b")).isEmpty();
        assertThat(reports).extracting(ExecutionReport::commandId).containsExactly("a", "b");
        assertThat(handler.carriedOut()).isEqualTo(2);
    }

    @Test
    void an_infrastructure_failure_gives_back_that_message_and_all_later_ones() {
        downAt = "b";
        assertThat(handle("settle a", "settle b", "settle c")).containsExactly("id of settle b", "id of settle c");
        assertThat(soon).containsExactly("settle b", "settle c");
        downAt = "";
        assertThat(handle("settle b", "settle c")).isEmpty();
        assertThat(reports).extracting(ExecutionReport::commandId).containsExactly("a", "b", "c");
    }

    @Test
    void a_message_that_is_no_command_is_a_dead_letter_at_once_and_holds_up_nothing() {
        assertThat(handle("settle a", "{\"half\":", "settle b")).isEmpty();
        assertThat(deadLetters).containsExactly("{\"half\":");
        assertThat(reports).extracting(ExecutionReport::commandId).containsExactly("a", "b");
        assertThat(handler.poisonous()).isEqualTo(1);
    }

    @Test
    void a_message_that_cannot_be_put_among_the_dead_letters_is_not_acknowledged() {
        deadLettersAreDown = true;
        assertThat(handle("settle a", "{\"half\":", "settle b"))
                .containsExactly("id of {\"half\":", "id of settle b");
        deadLettersAreDown = false;
        assertThat(handle("{\"half\":", "settle b")).isEmpty();
        assertThat(reports).extracting(ExecutionReport::commandId).containsExactly("a", "b");
    }

    @Test
    void a_command_survives_the_queue_as_the_store_writes_it() throws Exception {
        Command command = settle("a");
        assertThat(AccountJson.command(AccountJson.write(command))).isEqualTo(command);
    }

    @Test
    void the_environment_names_what_is_missing_and_the_paper_lane_reads_no_key() {
        assertThatThrownBy(() -> new ExecutionWiring(Map.of("VOLTAGE_STAGE", "dev")).executor())
                .hasMessageContaining("VOLTAGE_LANE")
                .hasMessageContaining("[VOLTAGE_STAGE]");
        assertThatThrownBy(() -> new ExecutionWiring(Map.of("VOLTAGE_LANE", "Live")).lane())
                .hasMessageContaining("[paper, canary, live], was \"Live\"");
        InstantSource clock = InstantSource.fixed(Instant.EPOCH);
        assertThat(new ExecutionWiring(Map.of("VOLTAGE_KALSHI_KEY_FILE", "/nowhere"))
                        .exchange(Lane.PAPER, ledger, clock, time))
                .isInstanceOf(PaperExchange.class);
        assertThatThrownBy(() -> new ExecutionWiring(Map.of()).exchange(Lane.LIVE, ledger, clock, time))
                .hasMessageContaining("VOLTAGE_KALSHI_KEY_ID");
    }

    @Test
    void a_command_of_another_lane_is_treated_as_no_command() {
        assertThat(handle("settle live-1")).isEmpty();
        assertThat(deadLetters).containsExactly("settle live-1");
        assertThat(ledger.unfinished(Lane.LIVE)).isEmpty();
    }
}
