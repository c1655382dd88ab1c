package voltage.lambda.execution;

import java.util.ArrayList;
import java.util.List;
import voltage.market.FixedPoint;
import voltage.order.Reconciliation.Finding;
import voltage.order.Reconciliation.Subject;
import voltage.order.Reconciliation.Verdict;

/** Why the ledger's cash and the balance may differ: one verdict on the difference, and where to look if nothing explains it. */
final class CashSuspects {
    private static final long CENT_E6 = 10_000;

    /**
     * What else is known.
     *
     * @param unpaidE6 payouts of markets that have ended and are not in the ledger yet
     * @param restingFeesE6 fees that the exchange may set aside for the orders that rest
     * @param resting orders that rest
     * @param fills all fills in the ledger
     */
    record Circumstances(long unpaidE6, long restingFeesE6, int resting, long fills) {}

    private CashSuspects() {}

    /** @param differenceE6 what the exchange has and the ledger has not, not 0; orders' bound cash is accounted for */
    static List<Finding> of(long differenceE6, Circumstances known) {
        String amount = FixedPoint.format(differenceE6, 6);
        if (known.unpaidE6() != 0 && differenceE6 == known.unpaidE6()) {
            return List.of(finding(
                    Verdict.EXPLAINED,
                    "the exchange has " + amount + " more: payouts that are in the balance and not listed yet"));
        }
        if (known.resting() > 0 && differenceE6 < 0 && -differenceE6 <= known.restingFeesE6()) {
            return List.of(finding(
                    Verdict.EXPLAINED,
                    "the exchange has " + amount + ", set aside for fees of " + known.resting()
                            + " resting orders; exact once none rests"));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(finding(
                Verdict.UNEXPLAINED,
                "ledger cash and the exchange's balance differ by " + amount + " (exchange less"
                        + " ledger, bound cash added back)"));
        if (known.unpaidE6() != 0) {
            findings.add(finding(
                    Verdict.SUSPECT,
                    "a market that has ended: payouts of " + FixedPoint.format(known.unpaidE6(), 6)
                            + " are not in the ledger yet; reconcile again once they are"));
        }
        if (Math.abs(differenceE6) < Math.max(1, known.fills()) * CENT_E6 && differenceE6 % CENT_E6 != 0) {
            findings.add(finding(
                    Verdict.SUSPECT,
                    "rounding of fees: less than a cent a fill over " + known.fills()
                            + " fills; compare the fees that the exchange lists with those booked"));
        }
        if (known.resting() > 0) {
            findings.add(finding(
                    Verdict.SUSPECT, known.resting() + " resting orders bind cash; cancel them and reconcile again"));
        }
        if (differenceE6 % CENT_E6 == 0) {
            findings.add(finding(
                    Verdict.SUSPECT,
                    differenceE6 > 0
                            ? "a deposit of " + amount + " that the ledger was not told of"
                            : "a withdrawal of " + FixedPoint.format(-differenceE6, 6)
                                    + " that the ledger was not told of"));
        }
        return findings;
    }

    private static Finding finding(Verdict verdict, String text) {
        return new Finding(verdict, Subject.BALANCE, "", text);
    }
}
