package voltage.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import voltage.market.Side;
import voltage.order.Command;
import voltage.order.Lane;
import voltage.order.LaneState;
import voltage.order.OrderTerms;

class CommandPublisherTest {
    private static final Command.Header DECIDED = new Command.Header("c", Lane.PAPER, 7, 9, 0, 0);
    private static final Command.Header STAMPED = new Command.Header("c", Lane.PAPER, 7, 9, 3, 4);

    private static List<Command> every(Command.Header header) {
        OrderTerms terms = OrderTerms.take("M", 2, Side.YES, 5_000, 100);
        Command.PlaceOrder order = new Command.PlaceOrder(
                header, terms, Command.Purpose.ENTRY, new Command.SeenBook(4_900, 5_000, 1, 2, 3));
        return List.of(
                order,
                order.replacing("t"),
                new Command.AmendOrder(header, "t", terms),
                new Command.CancelOrder(header, "M", "t"),
                new Command.ClosePosition(header, "M", 2, 100, Command.Purpose.STOP),
                new Command.Reconcile(header, true),
                new Command.Settle(header, "M"),
                Command.SwitchLane.arming(header, true, "go"),
                Command.SwitchLane.pausing(header, true, "stop"));
    }

    @Test
    void a_command_leaves_with_lease_and_fence_and_otherwise_as_it_was_decided() {
        List<Command> left = new ArrayList<>();
        CommandPublisher publisher = new CommandPublisher(left::add, new Inbox(16, () -> 1), () -> OptionalLong.of(3));
        every(DECIDED).forEach(command -> publisher.send(command, new LaneState(true, false, false, 4, 3, 1)));
        assertThat(left).isEqualTo(every(STAMPED));
    }
}
