package voltage.local.simulation.cloud;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Lets one client's calls through to a service, or not. */
final class FaultGate {
    private final CloudFaults faults;
    private final CloudCounters counters;

    FaultGate(CloudFaults faults, CloudCounters counters) {
        this.faults = faults;
        this.counters = counters;
    }

    CloudCounters counters() {
        return counters;
    }

    /** The service's exception for a fault with which nothing happens, or null if such a request cannot get it. */
    interface Refusals {
        @Nullable
        RuntimeException of(Fault fault);
    }

    /** @param carryOut asked never, once, or twice if the call is repeated; half, lost or delayed where the verdict says so */
    <R> R call(CloudOperation operation, String resource, Refusals refusals, Function<Verdict, R> carryOut) {
        Verdict verdict = faults.verdict(operation, resource);
        counters.operation(operation);
        return switch (verdict) {
            case Verdict.Pass pass -> carryOut.apply(pass);
            case Verdict.Delayed delayed -> {
                require(Fault.DELAYED_DELIVERY, operation);
                counters.fault(Fault.DELAYED_DELIVERY);
                yield carryOut.apply(delayed);
            }
            case Verdict.Injected injected -> {
                require(injected.fault(), operation);
                yield strike(injected, operation + " on " + resource, refusals, carryOut);
            }
        };
    }

    private <R> R strike(Verdict.Injected verdict, String call, Refusals refusals, Function<Verdict, R> carryOut) {
        Fault fault = verdict.fault();
        return switch (fault) {
            case UNREACHABLE -> {
                counters.fault(fault);
                throw SdkClientException.create(
                        "Unable to execute HTTP request: Connect timed out (simulated, " + call + ")");
            }
            case DEATH_BEFORE -> {
                counters.fault(fault);
                throw new ProcessDeath("before " + call);
            }
            case DEATH_AFTER -> {
                unheard(carryOut);
                counters.fault(fault);
                throw new ProcessDeath("after " + call);
            }
            case ANSWER_LOST -> {
                unheard(carryOut);
                counters.fault(fault);
                throw SdkClientException.create(
                        "Unable to execute HTTP request: Read timed out (simulated, " + call + ")");
            }
            case REPEATED -> {
                unheard(carryOut);
                counters.fault(fault);
                yield carryOut.apply(verdict);
            }
            case THROTTLED, SERVER_ERROR, TRANSACTION_CONFLICT, TRANSACTION_THROTTLED, CONDITION_FAILED, OVER_LIMIT -> {
                RuntimeException refusal = refusals.of(fault);
                if (refusal == null) {
                    yield carryOut.apply(Verdict.PASS);
                }
                counters.fault(fault);
                throw refusal;
            }
            case HALF_DONE, EMPTY_RECEIVE, DELETE_LOST, DELAYED_DELIVERY -> {
                counters.fault(fault);
                yield carryOut.apply(verdict);
            }
        };
    }

    /** Carries it out for nobody: a refusal is not heard either. */
    private static <R> void unheard(Function<Verdict, R> carryOut) {
        try {
            var unused = carryOut.apply(Verdict.PASS);
        } catch (SdkException e) {
            // The answer that gets lost.
        }
    }

    private static void require(Fault fault, CloudOperation operation) {
        if (!fault.appliesTo(operation)) {
            throw new IllegalArgumentException(
                    fault + " cannot happen to " + operation + "; ask Fault.appliesTo before choosing it");
        }
    }
}
