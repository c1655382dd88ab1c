package voltage.store.queue;

import java.util.List;
import voltage.order.ExecutionReport;
import voltage.order.Lane;
import voltage.store.json.RecordJson;

/** Execution reports of one command, or of one reconciliation, as the body of a queue's message. */
public record ReportEnvelope(int version, Lane lane, List<ExecutionReport> reports) {
    public static final int VERSION = 1;

    public ReportEnvelope {
        if (version < 1 || version > VERSION) {
            throw new IllegalArgumentException("a report's encoding must be version 1 to " + VERSION + ", was "
                    + version + ". Remedy: deploy the worker before the executor");
        }
        reports = List.copyOf(reports);
    }

    public static byte[] encode(Lane lane, List<ExecutionReport> reports) {
        return RecordJson.write(ReportEnvelope.class, new ReportEnvelope(VERSION, lane, reports));
    }

    /**
     * The reports in {@code json[from..to)}, with the receive times of the sender's making.
     *
     * @throws RecordJson.MalformedJsonException if it is no such message
     */
    public static ReportEnvelope decode(byte[] json, int from, int to) {
        return RecordJson.read(ReportEnvelope.class, json, from, to);
    }
}
