package voltage.lambda.execution;

import java.util.List;
import voltage.order.ExecutionReport;
import voltage.order.Lane;

/** Where reports go; {@code ReportQueue::send} is one. */
@FunctionalInterface
public interface ReportSink {
    /** Returns when the reports are durable, in this order. */
    void send(Lane lane, List<ExecutionReport> reports);
}
