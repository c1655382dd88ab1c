package voltage.local.bench;

/**
 * A figure that was promised, and whether it was kept in this run on this machine.
 *
 * @param target in words
 * @param was what was measured, in words
 */
public record Verdict(String target, String was, boolean isMet) {
    @Override
    public String toString() {
        return (isMet ? "met: " : "MISSED: ") + was + " (target " + target + ")";
    }
}
