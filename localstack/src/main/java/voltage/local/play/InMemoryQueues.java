package voltage.local.play;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import voltage.order.Command;
import voltage.order.CommandQueue;
import voltage.order.ExecutionReport;
import voltage.order.Lane;
import voltage.order.ReportQueue;
import voltage.store.json.AccountJson;

/** Both queues of a lane in memory, in order and without duplicates, for one thread. Bodies take the same way through JSON as on SQS. */
final class InMemoryQueues implements CommandQueue, ReportQueue {
    private final Deque<Command> commands = new ArrayDeque<>();
    private final Deque<byte[]> reports = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();

    @Override
    public void send(Command command) {
        if (seen.add(command.id())) {
            commands.add(command);
        }
    }

    @org.jspecify.annotations.Nullable
    Command poll() {
        return commands.poll();
    }

    @Override
    public void send(Lane lane, List<ExecutionReport> sent) {
        for (ExecutionReport report : sent) {
            reports.add(AccountJson.write(report));
        }
    }

    @Override
    public int receive(Lane lane, Consumer<byte[]> consumer) {
        int count = reports.size();
        for (byte[] body = reports.poll(); body != null; body = reports.poll()) {
            consumer.accept(body);
        }
        return count;
    }
}
