package voltage.engine;

/**
 * One gate in one decision.
 *
 * @param value what was found, in the gate's unit
 * @param threshold what it was compared with
 */
public record GateResult(Gate gate, long value, long threshold, Gate.Verdict verdict) {
    /** The finding in the operator's words. */
    public String words() {
        return gate.describe(value, threshold);
    }
}
