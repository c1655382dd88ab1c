package voltage.local.simulation.cloud;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import voltage.local.lambda.EventSourceMapping;
import voltage.local.lambda.FifoLambdaPump;

/**
 * An {@linkplain EventSourceMapping event source mapping} step by step in virtual time. The function is made when it is first needed
 * and anew after each death of its process; what it was working on stays in flight until its visibility time-out is over. Time
 * passes only when the function moves the clock; as soon as its time-out is reached, whoever moves the clock should call
 * {@link #killIfLate()}, since AWS kills the process then.
 */
public final class VirtualPump {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualPump.class);
    private static final long IDLE = Long.MAX_VALUE;

    private final EventSourceMapping mapping;
    private final Supplier<? extends RequestHandler<SQSEvent, SQSBatchResponse>> function;
    private final FifoLambdaPump.Options options;
    private final LongSupplier nowNanos;
    private @Nullable RequestHandler<SQSEvent, SQSBatchResponse> handler;
    private long deadlineNanos = IDLE;
    private long deaths;
    private long starts;

    /**
     * @param client the mapping's own, not the function's: a process that dies is never the mapping's
     * @param function makes the function's process; may throw {@link ProcessDeath} too
     * @param nowNanos virtual time
     */
    public VirtualPump(
            SqsClient client,
            Supplier<? extends RequestHandler<SQSEvent, SQSBatchResponse>> function,
            FifoLambdaPump.Options options,
            LongSupplier nowNanos) {
        this.mapping = new EventSourceMapping(client, options, nowNanos);
        this.function = function;
        this.options = options;
        this.nowNanos = nowNanos;
    }

    /**
     * Carries out what can be received now, one batch.
     *
     * @return whether there was anything; false if the queue could not be reached, which is counted as an error
     */
    public boolean step() {
        try {
            return mapping.poll(0, this::invoke);
        } catch (SdkException e) {
            // The mapping's own call: what the function throws is an outcome.
            return false;
        }
    }

    private EventSourceMapping.Outcome invoke(SQSEvent event, Context context) {
        deadlineNanos = nowNanos.getAsLong() + options.timeout().toNanos();
        try {
            RequestHandler<SQSEvent, SQSBatchResponse> process = handler;
            if (process == null) {
                starts++;
                process = function.get();
                handler = process;
            }
            SQSBatchResponse response = process.handleRequest(event, context);
            if (nowNanos.getAsLong() < deadlineNanos) {
                return EventSourceMapping.Outcome.answered(response);
            }
            handler = null;
            return EventSourceMapping.Outcome.timedOut(options.timeout());
        } catch (ProcessDeath e) {
            handler = null;
            deaths++;
            LOG.debug("the process of {} died {}", options.functionName(), e.getMessage());
            return nowNanos.getAsLong() < deadlineNanos
                    ? EventSourceMapping.Outcome.failed("the process died " + e.getMessage())
                    : EventSourceMapping.Outcome.timedOut(options.timeout());
        } catch (RuntimeException e) {
            LOG.debug("the handler of {} failed", options.functionName(), e);
            return EventSourceMapping.Outcome.failed("the handler threw " + e);
        } finally {
            deadlineNanos = IDLE;
        }
    }

    /** @throws ProcessDeath if an invocation is running and its time is over */
    public void killIfLate() {
        if (nowNanos.getAsLong() >= deadlineNanos) {
            throw new ProcessDeath("at the time-out of " + options.timeout());
        }
    }

    /** Ends the process between two invocations, as a deployment or a scaling down does. */
    public void recycle() {
        handler = null;
    }

    public FifoLambdaPump.Status status() {
        return mapping.status();
    }

    /** Processes that died in an invocation. */
    public long deaths() {
        return deaths;
    }

    /** Processes that were begun. */
    public long starts() {
        return starts;
    }
}
