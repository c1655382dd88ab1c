package voltage.engine;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The findings of one evaluation, gate by gate; refilled each time without allocating. */
final class GateBoard {
    private static final Gate[] GATES = Gate.values();
    private static final byte NOT_APPLICABLE = 0;
    private static final byte PASS = 1;
    private static final byte FAIL = 2;

    private final long[] values = new long[GATES.length];
    private final long[] thresholds = new long[GATES.length];
    private final byte[] verdicts = new byte[GATES.length];
    private int firstFailing = Integer.MAX_VALUE;

    void clear() {
        Arrays.fill(verdicts, NOT_APPLICABLE);
        firstFailing = Integer.MAX_VALUE;
    }

    /** Passes while the value does not exceed the limit. */
    void atMost(Gate gate, long value, long limit) {
        put(gate, value, limit, value <= limit);
    }

    /** Passes while the value stays under the limit: reaching it fails. */
    void below(Gate gate, long value, long limit) {
        put(gate, value, limit, value < limit);
    }

    /** Fails because the value is not known: money fails closed. */
    void unknown(Gate gate, long threshold) {
        put(gate, Gate.UNKNOWN, threshold, false);
    }

    /** Passes while the value reaches the threshold. */
    void atLeast(Gate gate, long value, long threshold) {
        put(gate, value, threshold, value >= threshold);
    }

    /** Passes unless the thing that stops entries is so. */
    void isNot(Gate gate, boolean isSo) {
        put(gate, isSo ? 1 : 0, 0, !isSo);
    }

    /** The gate cannot be judged; it is listed with the threshold it would have. */
    void notApplicable(Gate gate, long threshold) {
        int i = gate.ordinal();
        values[i] = 0;
        thresholds[i] = threshold;
        verdicts[i] = NOT_APPLICABLE;
    }

    /** What was found is listed and stops nothing, whatever it is. */
    void noted(Gate gate, long value, long threshold) {
        notApplicable(gate, threshold);
        values[gate.ordinal()] = value;
    }

    private void put(Gate gate, long value, long threshold, boolean passes) {
        int i = gate.ordinal();
        values[i] = value;
        thresholds[i] = threshold;
        verdicts[i] = passes ? PASS : FAIL;
        if (!passes && i < firstFailing) {
            firstFailing = i;
        }
    }

    boolean allPass() {
        return firstFailing == Integer.MAX_VALUE;
    }

    /** Whether every gate up to and including this one is free of failures. */
    boolean passesUntil(Gate gate) {
        return firstFailing > gate.ordinal();
    }

    @Nullable
    Gate firstFailing() {
        return firstFailing == Integer.MAX_VALUE ? null : GATES[firstFailing];
    }

    List<GateResult> results() {
        GateResult[] results = new GateResult[GATES.length];
        for (int i = 0; i < GATES.length; i++) {
            Gate.Verdict verdict = switch (verdicts[i]) {
                case PASS -> Gate.Verdict.PASS;
                case FAIL -> Gate.Verdict.FAIL;
                default -> Gate.Verdict.NOT_APPLICABLE;
            };
            results[i] = new GateResult(GATES[i], values[i], thresholds[i], verdict);
        }
        return List.of(results);
    }
}
