package voltage.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import voltage.market.Side;
import voltage.order.CommandState.Done;
import voltage.order.CommandState.Received;
import voltage.order.CommandState.Refused;
import voltage.order.CommandState.Replacing;
import voltage.order.CommandState.Resting;
import voltage.order.CommandState.Sending;
import voltage.order.CommandState.Unknown;
import voltage.order.Lifecycle.Kind;
import voltage.order.Lifecycle.Verdict;

class LifecycleTest {
    private static final CommandState RECEIVED = new Received();
    private static final CommandState REPLACING = new Replacing();
    private static final CommandState SENDING = new Sending(1);
    private static final CommandState UNKNOWN = new Unknown(Optional.empty(), 0);
    private static final CommandState RESTING = new Resting("o1");
    private static final CommandState DONE = new Done(Optional.of("o1"));
    private static final CommandState REFUSED = new Refused(RefusalReason.LATE);

    private static boolean isAllowed(Kind kind, CommandState from, CommandState to) {
        return Lifecycle.judge(kind, from, to) instanceof Verdict.Allowed;
    }

    @Test
    void an_order_that_may_exist_is_never_sent_again() {
        for (CommandState from : List.of(SENDING, UNKNOWN, RESTING, DONE, REFUSED)) {
            assertThat(isAllowed(Kind.ORDER, from, RECEIVED)).as("%s", from).isFalse();
            assertThat(isAllowed(Kind.ORDER, from, SENDING)).as("%s", from).isFalse();
            assertThat(isAllowed(Kind.AMENDMENT, from, SENDING)).as("%s", from).isFalse();
            assertThat(isAllowed(Kind.REPLACEMENT, from, SENDING))
                    .as("%s", from)
                    .isFalse();
            assertThat(isAllowed(Kind.REPLACEMENT, from, REPLACING))
                    .as("%s", from)
                    .isFalse();
        }
    }

    @Test
    void a_replacement_is_sent_only_after_the_other_order_was_taken_down_and_nothing_else_takes_one_down() {
        assertThat(isAllowed(Kind.REPLACEMENT, RECEIVED, SENDING)).isFalse();
        assertThat(isAllowed(Kind.REPLACEMENT, RECEIVED, REPLACING)).isTrue();
        assertThat(isAllowed(Kind.REPLACEMENT, RECEIVED, REFUSED)).isTrue();
        assertThat(isAllowed(Kind.REPLACEMENT, REPLACING, SENDING)).isTrue();
        assertThat(isAllowed(Kind.REPLACEMENT, REPLACING, REFUSED)).isTrue();
        for (CommandState to : List.of(RECEIVED, REPLACING, UNKNOWN, RESTING, DONE)) {
            assertThat(isAllowed(Kind.REPLACEMENT, REPLACING, to)).as("%s", to).isFalse();
        }
        for (Kind kind : List.of(Kind.ORDER, Kind.AMENDMENT, Kind.REPEATABLE)) {
            for (CommandState other : LifecycleDiagram.STATES) {
                assertThat(isAllowed(kind, other, REPLACING))
                        .as("%s %s", kind, other)
                        .isFalse();
                assertThat(isAllowed(kind, REPLACING, other))
                        .as("%s %s", kind, other)
                        .isFalse();
            }
        }
        assertThat(isAllowed(Kind.REPLACEMENT, SENDING, RESTING)).isTrue();
        assertThat(isAllowed(Kind.REPLACEMENT, RESTING, DONE)).isTrue();
    }

    @Test
    void what_is_finished_stays_as_it_is() {
        for (Kind kind : Kind.values()) {
            for (CommandState to : LifecycleDiagram.STATES) {
                assertThat(isAllowed(kind, DONE, to)).isFalse();
                assertThat(isAllowed(kind, REFUSED, to)).isFalse();
            }
        }
    }

    @Test
    void an_order_ends_without_effect_only_if_nothing_proves_that_it_exists() {
        assertThat(isAllowed(Kind.ORDER, UNKNOWN, REFUSED)).isTrue();
        assertThat(isAllowed(Kind.ORDER, new Unknown(Optional.of("o1"), 3), REFUSED))
                .isFalse();
        assertThat(isAllowed(Kind.ORDER, RESTING, REFUSED)).isFalse();
    }

    @Test
    void the_exchanges_id_is_kept() {
        assertThat(isAllowed(Kind.ORDER, RESTING, RESTING)).isTrue();
        assertThat(isAllowed(Kind.ORDER, RESTING, new Resting("o2"))).isFalse();
        assertThat(isAllowed(Kind.ORDER, RESTING, new Done(Optional.empty()))).isFalse();
        assertThat(isAllowed(Kind.ORDER, RESTING, new Unknown(Optional.of("o1"), 1)))
                .isTrue();
        assertThat(isAllowed(Kind.ORDER, RESTING, UNKNOWN)).isFalse();
        assertThat(isAllowed(Kind.ORDER, UNKNOWN, new Unknown(Optional.of("o1"), 1)))
                .isTrue();
    }

    @Test
    void rounds_of_asking_are_counted_one_by_one() {
        assertThat(isAllowed(Kind.ORDER, UNKNOWN, UNKNOWN)).isFalse();
        assertThat(isAllowed(Kind.ORDER, UNKNOWN, new Unknown(Optional.empty(), 1)))
                .isTrue();
        assertThat(isAllowed(Kind.ORDER, UNKNOWN, new Unknown(Optional.empty(), 2)))
                .isFalse();
    }

    @Test
    void what_can_be_repeated_is_never_sent_and_never_rests() {
        for (CommandState to : List.of(SENDING, UNKNOWN, RESTING)) {
            assertThat(isAllowed(Kind.REPEATABLE, RECEIVED, to)).isFalse();
        }
        assertThat(isAllowed(Kind.REPEATABLE, RECEIVED, RECEIVED)).isTrue();
        assertThat(isAllowed(Kind.REPEATABLE, RECEIVED, DONE)).isTrue();
        assertThat(isAllowed(Kind.ORDER, RECEIVED, RECEIVED)).isFalse();
    }

    @Test
    void whatever_happens_a_command_is_sent_at_most_once_and_always_can_end() {
        Random random = new Random(5);
        for (int run = 0; run < 2_000; run++) {
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            CommandState state = RECEIVED;
            int sendings = 0;
            for (int step = 0; step < 30; step++) {
                CommandState next = LifecycleDiagram.STATES.get(random.nextInt(LifecycleDiagram.STATES.size()));
                CommandState to = next instanceof Unknown && state instanceof Unknown was
                        ? new Unknown(was.orderId(), was.rounds() + 1)
                        : next;
                if (isAllowed(kind, state, to)) {
                    sendings += to instanceof Sending ? 1 : 0;
                    state = to;
                }
            }
            assertThat(sendings).isLessThanOrEqualTo(1);
            CommandState last = state;
            assertThat(last.isFinished()
                            || LifecycleDiagram.STATES.stream()
                                    .anyMatch(end -> end.isFinished() && isAllowed(kind, last, end)))
                    .as("%s %s", kind, last)
                    .isTrue();
        }
    }

    @Test
    void a_forbidden_transition_is_an_error_that_says_what_would_go_wrong() {
        Command order = new Command.PlaceOrder(
                new Command.Header("c1", Lane.PAPER, 1, 2, 0, 0),
                OrderTerms.take("KX", 0, Side.YES, 5_000, 100),
                Command.Purpose.ENTRY,
                new Command.SeenBook(4_900, 5_000, 1, 1, 1));
        assertThatThrownBy(() -> Lifecycle.require(order, UNKNOWN, SENDING))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("command c1 may not go from UNKNOWN to SENDING: it may exist at the exchange; it is never"
                        + " sent anew");
    }

    @Test
    void the_diagram_shows_every_state() {
        assertThat(LifecycleDiagram.STATES).extracting(Object::getClass).containsExactlyInAnyOrder((Class[])
                CommandState.class.getPermittedSubclasses());
    }

    /** Run with {@code -Dvoltage.docs=write} to draw it anew. */
    @Test
    void the_documented_diagram_is_the_one_that_the_code_draws() throws IOException {
        Path document = root().resolve("docs/order-life-cycle.md");
        String drawn = LifecycleDiagram.document();
        if ("write".equals(System.getProperty("voltage.docs"))) {
            Files.writeString(document, drawn);
        }
        assertThat(Files.readString(document)).isEqualTo(drawn);
    }

    private static Path root() {
        for (Path directory = Path.of("").toAbsolutePath(); directory != null; directory = directory.getParent()) {
            if (Files.exists(directory.resolve("ARCHITECTURE.md"))) {
                return directory;
            }
        }
        throw new IllegalStateException("no folder above " + Path.of("").toAbsolutePath() + " has ARCHITECTURE.md");
    }

    @Test
    void each_command_has_a_kind() {
        assertThat(Arrays.stream(Command.class.getPermittedSubclasses()).map(Class::getSimpleName))
                .containsExactlyInAnyOrder(
                        "PlaceOrder",
                        "AmendOrder",
                        "CancelOrder",
                        "ClosePosition",
                        "Reconcile",
                        "Settle",
                        "SwitchLane");
    }

    @Test
    void only_orders_and_amendments_are_sent() {
        Command.Header header = new Command.Header("c", Lane.PAPER, 1, 2, 0, 0);
        OrderTerms terms = OrderTerms.take("KX", 0, Side.YES, 5_000, 100);
        Command.SeenBook seen = new Command.SeenBook(4_900, 5_000, 1, 1, 1);
        assertThat(Kind.of(new Command.PlaceOrder(header, terms, Command.Purpose.ENTRY, seen)))
                .isEqualTo(Kind.ORDER);
        assertThat(Kind.of(new Command.PlaceOrder(header, terms, Command.Purpose.ENTRY, seen).replacing("t")))
                .isEqualTo(Kind.REPLACEMENT);
        assertThat(Kind.of(new Command.ClosePosition(header, "KX", 0, 100, Command.Purpose.STOP)))
                .isEqualTo(Kind.ORDER);
        assertThat(Kind.of(new Command.AmendOrder(header, "t", terms))).isEqualTo(Kind.AMENDMENT);
        assertThat(List.of(
                        new Command.CancelOrder(header, "KX", "t"),
                        new Command.Reconcile(header),
                        new Command.Settle(header, "KX"),
                        new Command.SwitchLane(header, true, false, "go")))
                .extracting(Kind::of)
                .containsOnly(Kind.REPEATABLE);
    }
}
