package voltage.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import voltage.market.Side;
import voltage.order.CashFlows.Flow;
import voltage.order.CashFlows.Kind;
import voltage.order.LedgerEntry.Deposited;
import voltage.order.LedgerEntry.Filled;
import voltage.order.LedgerEntry.Settled;

class CashFlowsTest {
    private static Filled fill(String id, BookSide side, int yesPriceE4, long countE2, long feeE6, long nanos) {
        return new Filled(new Fill(id, "o", "M", side, yesPriceE4, countE2, feeE6, true, nanos), "c");
    }

    @Test
    void a_days_flows_are_told_by_kind_and_add_up_to_the_closing_cash() {
        List<LedgerEntry> entries = new ArrayList<>(List.of(
                new Deposited("yesterday", 90_000_000, 99),
                new Deposited("in", 10_000_000, 100),
                new Deposited("out", -1_000_000, 101),
                fill("a", BookSide.BID, 5_000, 1_000, 175_000, 110),
                fill("b", BookSide.ASK, 6_000, 400, 67_200, 120),
                fill("mostly fee", BookSide.ASK, 100, 1, 60, 125),
                new Settled(new Settlement("M", Side.YES, 599, 0, 5_990_000, 199)),
                new Deposited("tomorrow", 7_000_000, 200)));
        Collections.shuffle(entries, new Random(1));

        CashFlows flows = CashFlows.of(entries, 100, 200);

        assertThat(flows.openingE6()).isEqualTo(90_000_000);
        assertThat(flows.flows())
                .containsExactly(
                        new Flow(Kind.DEPOSITS, 1, 10_000_000),
                        new Flow(Kind.WITHDRAWALS, 1, -1_000_000),
                        new Flow(Kind.BOUGHT, 1, -5_000_000),
                        new Flow(Kind.SOLD, 2, 2_400_100),
                        new Flow(Kind.FEES, 3, -242_260),
                        new Flow(Kind.SETTLEMENTS, 1, 5_990_000));
        assertThat(flows.closingE6())
                .isEqualTo(flows.openingE6()
                        + flows.flows().stream().mapToLong(Flow::amountE6).sum());
    }

    @Test
    void a_day_without_flows_closes_as_it_opened() {
        CashFlows flows = CashFlows.of(List.of(new Deposited("d", 5, 1), new Deposited("e", 7, 9)), 2, 9);
        assertThat(flows.openingE6()).isEqualTo(5);
        assertThat(flows.closingE6()).isEqualTo(5);
        assertThat(flows.flows()).allSatisfy(flow -> assertThat(flow.count()).isZero());
    }
}
