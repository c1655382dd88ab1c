package voltage.store.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.order.Command;
import voltage.order.CommandQueue;
import voltage.order.ExecutionReport;
import voltage.order.Lane;
import voltage.order.RefusalReason;
import voltage.order.ReportQueue;

/** What every pair of queues promises; each implementation runs it, with fresh queues for each test. */
@Timeout(60)
public abstract class CommandQueueContract {
    protected static final Lane LANE = Lane.PAPER;

    protected abstract CommandQueue commands();

    protected abstract ReportQueue reports();

    /** The next commands of the lane, taken off the queue; fewer if there are not so many. */
    protected abstract List<Command> take(Lane lane, int count);

    @Test
    void commands_come_out_in_the_order_of_sending_and_only_on_their_lane() {
        List<Command> sent = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            sent.add(settle("order-" + i, LANE));
            commands().send(sent.getLast());
        }
        commands().send(settle("elsewhere", Lane.CANARY));

        assertThat(take(LANE, 30)).isEqualTo(sent);
        assertThat(take(Lane.CANARY, 30)).hasSize(1);
    }

    @Test
    void a_command_sent_again_comes_out_once_even_after_it_was_taken() {
        Command command = settle("again", LANE);
        commands().send(command);
        commands().send(command);
        assertThat(take(LANE, 10)).containsExactly(command);
        commands().send(command);
        assertThat(take(LANE, 10)).isEmpty();
    }

    @Test
    void commands_that_say_the_same_under_different_ids_are_different() {
        commands().send(settle("one", LANE));
        commands().send(settle("two", LANE));
        assertThat(take(LANE, 10)).extracting(Command::id).containsExactly("one", "two");
    }

    @Test
    void reports_are_received_in_order_and_removed() {
        List<ExecutionReport> sent = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            sent.add(new ExecutionReport.Refused("c" + i, "KX", RefusalReason.LATE, "\u00fc " + i, i, 0));
        }
        reports().send(LANE, sent.subList(0, 5));
        reports().send(LANE, sent.subList(5, 12));
        reports().send(Lane.LIVE, List.of());

        List<String> received = new ArrayList<>();
        assertThat(reports().receive(LANE, body -> received.add(new String(body, StandardCharsets.UTF_8))))
                .isEqualTo(12);
        assertThat(received)
                .zipSatisfy(
                        sent,
                        (text, report) -> assertThat(text)
                                .contains("\"commandId\":\"" + report.commandId() + "\"")
                                .contains("\u00fc"));
        assertThat(reports().receive(LANE, body -> received.add("more"))).isZero();
    }

    @Test
    void a_report_whose_consumer_fails_stays_on_the_queue() {
        reports().send(LANE, List.of(new ExecutionReport.Unknown("c", "KX", "lost", 1, 0)));
        assertThatThrownBy(() -> reports().receive(LANE, body -> {
                    throw new IllegalStateException("the journal is full");
                }))
                .hasMessage("the journal is full");
        assertThat(receiveSoon()).isEqualTo(1);
    }

    /** Receives until something comes, as a queue may hide for a while what was received and not removed. */
    protected int receiveSoon() {
        int count = 0;
        while (count == 0) {
            count = reports().receive(LANE, body -> {});
        }
        return count;
    }

    private static Command settle(String id, Lane lane) {
        return new Command.Settle(new Command.Header(id, lane, 1, Long.MAX_VALUE, 1, 0), "KXBTC15M-T");
    }
}
