package voltage.lambda.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import voltage.lambda.execution.CashSuspects.Circumstances;
import voltage.order.Reconciliation.Finding;
import voltage.order.Reconciliation.Subject;
import voltage.order.Reconciliation.Verdict;

/** What explains a difference of cash, and what is only a place to look at. */
class CashSuspectsTest {
    private static final Circumstances QUIET = new Circumstances(0, 0, 0, 0);

    private static Circumstances unpaid(long unpaidE6) {
        return new Circumstances(unpaidE6, 0, 0, 0);
    }

    private static Circumstances resting(int orders, long feesE6) {
        return new Circumstances(0, feesE6, orders, 0);
    }

    private static Circumstances fills(long fills) {
        return new Circumstances(0, 0, 0, fills);
    }

    private static void assertUnexplained(List<Finding> findings, String... suspects) {
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.subject()).isEqualTo(Subject.BALANCE);
            assertThat(finding.ticker()).isEmpty();
        });
        assertThat(findings.getFirst().verdict()).isEqualTo(Verdict.UNEXPLAINED);
        List<Finding> rest = findings.subList(1, findings.size());
        assertThat(rest).allMatch(finding -> finding.verdict() == Verdict.SUSPECT);
        assertThat(rest).hasSize(suspects.length);
        for (int i = 0; i < suspects.length; i++) {
            assertThat(rest.get(i).text()).contains(suspects[i]);
        }
    }

    @Test
    void payouts_explain_exactly_their_own_amount() {
        assertThat(CashSuspects.of(5_000_000, unpaid(5_000_000)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.verdict()).isEqualTo(Verdict.EXPLAINED);
                    assertThat(finding.text()).startsWith("the exchange has 5.000000 more: payouts");
                });
        assertUnexplained(
                CashSuspects.of(4_000_001, unpaid(5_000_000)), "payouts of 5.000000 are not in the ledger yet");
        assertUnexplained(CashSuspects.of(4_000_001, QUIET));
    }

    @Test
    void resting_orders_explain_no_more_than_the_fees_that_they_may_bind() {
        assertThat(CashSuspects.of(-17_501, resting(2, 17_501))).singleElement().satisfies(finding -> {
            assertThat(finding.verdict()).isEqualTo(Verdict.EXPLAINED);
            assertThat(finding.text())
                    .isEqualTo("the exchange has -0.017501, set aside for fees of 2 resting orders; exact once"
                            + " none rests");
        });
        assertUnexplained(CashSuspects.of(-17_502, resting(2, 17_501)), "2 resting orders bind cash");
        assertUnexplained(CashSuspects.of(17_501, resting(2, 17_501)), "2 resting orders bind cash");
        assertUnexplained(CashSuspects.of(-17_501, resting(0, 17_501)));
    }

    @Test
    void rounding_is_suspected_below_a_cent_a_fill_and_never_of_whole_cents() {
        assertUnexplained(CashSuspects.of(29_999, fills(3)), "rounding of fees: less than a cent a fill over 3 fills");
        assertUnexplained(CashSuspects.of(-29_999, fills(3)), "rounding of fees");
        assertUnexplained(CashSuspects.of(30_001, fills(3)));
        assertUnexplained(CashSuspects.of(20_000, fills(3)), "a deposit of 0.020000");
        assertUnexplained(CashSuspects.of(9_999, fills(0)), "rounding of fees");
        assertUnexplained(CashSuspects.of(10_001, fills(0)));
    }

    @Test
    void whole_cents_may_be_a_deposit_or_a_withdrawal_by_their_sign() {
        assertUnexplained(CashSuspects.of(12_340_000, QUIET), "a deposit of 12.340000 that the ledger was not told of");
        assertUnexplained(
                CashSuspects.of(-12_340_000, QUIET), "a withdrawal of 12.340000 that the ledger was not told of");
        assertThat(CashSuspects.of(-12_340_000, QUIET).getFirst().text()).contains("differ by -12.340000");
    }
}
