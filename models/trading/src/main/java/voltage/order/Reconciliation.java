package voltage.order;

import java.util.List;

/**
 * What a reconciliation compared and found: every difference is adopted, explained or left unexplained.
 *
 * @param findings in the order in which they were looked for; bounded, the last one says what was left out
 * @param ledgerCashE6 sum of the ledger's cash flows, micro-dollars
 * @param boundE6 cash that our resting orders bind at the exchange
 * @param exchangeCashE6 what the exchange says may be spent
 * @param dataNanos the exchange's own time of the data, epoch nanoseconds UTC
 */
public record Reconciliation(
        List<Finding> findings, long ledgerCashE6, long boundE6, long exchangeCashE6, long dataNanos) {
    /** What became of a difference. */
    public enum Verdict {
        /** It is in the ledger now. */
        ADOPTED,
        /** Both sides are right, and why. */
        EXPLAINED,
        /** Nobody knows; never patched. */
        UNEXPLAINED,
        /** Where to look for the cause of what is unexplained. */
        SUSPECT
    }

    /** What was compared. */
    public enum Subject {
        ORDER,
        FILL,
        POSITION,
        SETTLEMENT,
        BALANCE
    }

    /**
     * One difference.
     *
     * @param ticker the market, or empty text
     */
    public record Finding(Verdict verdict, Subject subject, String ticker, String text) {}

    public Reconciliation {
        findings = List.copyOf(findings);
    }

    /** What is at the exchange and not in the ledger, with what the resting orders bind added back; 0 when the books balance. */
    public long differenceE6() {
        return exchangeCashE6 + boundE6 - ledgerCashE6;
    }

    /** Whether nothing is left unexplained. */
    public boolean isClean() {
        return count(Verdict.UNEXPLAINED) == 0;
    }

    public long count(Verdict verdict) {
        return findings.stream().filter(finding -> finding.verdict() == verdict).count();
    }
}
