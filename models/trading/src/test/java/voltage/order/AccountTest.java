package voltage.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import voltage.market.Side;

class AccountTest {
    private static final String M = "KXBTC15M-T";

    private final Account account = new Account();
    private int trades;

    private LedgerEntry.Filled fill(String ticker, BookSide side, int yesPriceE4, long countE2, long feeE6) {
        int n = trades++;
        return new LedgerEntry.Filled(
                new Fill("t" + n, "o", ticker, side, yesPriceE4, countE2, feeE6, true, 1_000 + n), "c");
    }

    private static LedgerEntry.Settled settled(String ticker, Side result, long signedE2) {
        long winning = Math.max(0, result.sign() * signedE2);
        return new LedgerEntry.Settled(new Settlement(
                ticker, result, Math.max(0, signedE2), Math.max(0, -signedE2), winning * 10_000, 9_000_000));
    }

    private List<LedgerEntry> randomFills(Random random, int count) {
        List<LedgerEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(fill(
                    "M" + random.nextInt(3),
                    random.nextBoolean() ? BookSide.BID : BookSide.ASK,
                    random.nextInt(10_001),
                    1 + random.nextInt(3_000),
                    random.nextInt(50_000)));
        }
        return entries;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void the_cash_flows_of_all_markets_sum_to_the_change_of_balance_to_the_last_unit(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < 200; run++) {
            Account lane = new Account();
            lane.apply(new LedgerEntry.Deposited("d", 1_000_000_000, 1));
            for (LedgerEntry entry : randomFills(random, 40)) {
                lane.apply(entry);
                assertThat(flows(lane)).isEqualTo(lane.cashE6() - lane.depositsE6());
                assertThat(lane.positions().values()).allSatisfy(position -> {
                    assertThat(position.costE6()).isBetween(0L, position.countE2() * 10_000);
                    assertThat(position.costE6() == 0 || position.isOpen()).isTrue();
                });
            }
            for (String ticker : List.copyOf(lane.positions().keySet())) {
                Side result = random.nextBoolean() ? Side.YES : Side.NO;
                lane.apply(settled(ticker, result, lane.positionE2(ticker)));
            }
            assertThat(flows(lane)).isEqualTo(lane.cashE6() - lane.depositsE6());
            assertThat(lane.worstCaseLossE6()).isZero();
            assertThat(lane.equityAtCostE6()).isEqualTo(lane.cashE6());
        }
    }

    private static long flows(Account lane) {
        return lane.positions().values().stream()
                .mapToLong(Account.Position::cashFlowE6)
                .sum();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void what_a_market_brought_is_its_payout_less_what_was_paid_in_yes_terms(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < 300; run++) {
            Account lane = new Account();
            Side result = random.nextBoolean() ? Side.YES : Side.NO;
            long expected = 0;
            long position = 0;
            for (int i = 0; i < 20; i++) {
                BookSide side = random.nextBoolean() ? BookSide.BID : BookSide.ASK;
                LedgerEntry.Filled filled =
                        fill(M, side, random.nextInt(10_001), 1 + random.nextInt(2_000), random.nextInt(1_000));
                Fill fill = filled.fill();
                // A contract bought at p brings 1 − p or −p, whichever side the exchange calls it by.
                expected += fill.signedCountE2() * ((result == Side.YES ? 10_000 : 0) - fill.yesPriceE4());
                expected -= fill.feeE6();
                position += fill.signedCountE2();
                lane.apply(filled);
            }
            lane.apply(settled(M, result, position));
            assertThat(lane.cashE6()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void the_order_of_fills_does_not_matter_for_cash_or_position(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < 100; run++) {
            List<LedgerEntry> entries = randomFills(random, 30);
            Account one = new Account();
            entries.forEach(one::apply);
            Collections.shuffle(entries, random);
            Account other = new Account();
            entries.forEach(other::apply);

            assertThat(other.cashE6()).isEqualTo(one.cashE6());
            assertThat(other.feesE6()).isEqualTo(one.feesE6());
            for (String ticker : one.positions().keySet()) {
                assertThat(other.positionE2(ticker)).isEqualTo(one.positionE2(ticker));
            }
        }
    }

    @Test
    void a_fill_that_becomes_known_after_the_settlement_counts_as_before_it() {
        LedgerEntry bought = fill(M, BookSide.BID, 6_000, 1_000, 0);
        LedgerEntry sold = fill(M, BookSide.ASK, 7_000, 1_000, 0);
        account.apply(bought);
        account.apply(settled(M, Side.NO, 0));
        account.apply(sold);

        assertThat(account.cashE6()).isEqualTo(10_000_000 * 7 / 10 - 6_000_000);
        assertThat(account.positionE2(M)).isZero();
        assertThat(account.worstCaseLossE6()).isZero();
        assertThat(account.position(M)).isNotNull().matches(Account.Position::isSettled);
    }

    @Test
    void booking_everything_again_changes_nothing() {
        List<LedgerEntry> entries = randomFills(new Random(31), 50);
        entries.add(new LedgerEntry.Deposited("d", 5_000_000, 1));
        entries.add(settled("M0", Side.YES, 0));
        entries.forEach(account::apply);
        long cash = account.cashE6();
        long fills = account.fills();

        for (int i = 0; i < 70; i++) {
            assertThat(entries).noneMatch(account::apply);
        }
        assertThat(account.cashE6()).isEqualTo(cash);
        assertThat(account.fills()).isEqualTo(fills);
        assertThat(account.settlements()).isEqualTo(1);
    }

    @Test
    void a_no_position_is_negative_and_costs_the_rest_of_the_dollar() {
        account.apply(fill(M, BookSide.ASK, 7_000, 600, 0));

        assertThat(account.positionE2(M)).isEqualTo(-600);
        assertThat(account.cashE6()).isEqualTo(-6 * 300_000);
        assertThat(account.position(M)).isNotNull().satisfies(position -> {
            assertThat(position.side()).isEqualTo(Side.NO);
            assertThat(position.costE6()).isEqualTo(1_800_000);
            assertThat(position.averageCostE4()).isEqualTo(3_000);
        });
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void a_position_bought_and_sold_at_one_price_costs_its_fees_alone_on_either_side(Side side) {
        BookSide open = side == Side.YES ? BookSide.BID : BookSide.ASK;
        BookSide close = side == Side.YES ? BookSide.ASK : BookSide.BID;
        account.apply(fill(M, open, 9_000, 1_000, 10_000));
        account.apply(fill(M, close, 9_000, 1_000, 10_000));

        assertThat(account.cashE6()).isEqualTo(-20_000);
        assertThat(account.feesE6()).isEqualTo(20_000);
    }

    @Test
    void crossing_zero_closes_the_one_side_and_opens_the_other_at_its_own_cost() {
        account.apply(fill(M, BookSide.BID, 4_000, 500, 0));
        account.apply(fill(M, BookSide.ASK, 6_000, 800, 0));

        assertThat(account.positionE2(M)).isEqualTo(-300);
        assertThat(account.position(M)).isNotNull().satisfies(position -> {
            assertThat(position.costE6()).isEqualTo(3 * 400_000);
            assertThat(position.openedNanos()).isEqualTo(1_001);
        });
        assertThat(account.cashE6()).isEqualTo(5 * 200_000 - 3 * 400_000);
    }

    @Test
    void reducing_releases_cost_in_proportion_and_keeps_when_it_was_opened() {
        account.apply(fill(M, BookSide.BID, 4_000, 400, 0));
        account.apply(fill(M, BookSide.ASK, 9_000, 100, 0));

        assertThat(account.position(M)).isNotNull().satisfies(position -> {
            assertThat(position.costE6()).isEqualTo(3 * 400_000);
            assertThat(position.openedNanos()).isEqualTo(1_000);
        });
    }

    @Test
    void a_payout_exists_only_as_a_settlement() {
        account.apply(fill(M, BookSide.BID, 4_000, 100, 0));
        account.apply(fill(M, BookSide.ASK, 9_900, 100, 0));
        account.apply(settled(M, Side.YES, 0));

        assertThat(account.cashE6()).isEqualTo(590_000);
    }

    @Test
    void crossing_zero_forgets_what_the_closed_side_cost() {
        account.apply(fill(M, BookSide.BID, 4_000, 500, 0));
        account.apply(fill(M, BookSide.ASK, 9_000, 800, 0));

        assertThat(account.position(M))
                .isNotNull()
                .satisfies(position -> assertThat(position.costE6()).isEqualTo(3 * 100_000));
        assertThat(account.worstCaseLossE6()).isEqualTo(3 * 100_000);
    }

    @Test
    void what_is_booked_is_counted_for_the_lane_and_for_its_market() {
        assertThat(account.apply(fill(M, BookSide.BID, 4_000, 500, 30))).isTrue();
        assertThat(account.apply(fill("OTHER", BookSide.BID, 4_000, 500, 4))).isTrue();
        assertThat(account.apply(fill(M, BookSide.ASK, 4_000, 500, 12))).isTrue();

        assertThat(account.fills()).isEqualTo(3);
        assertThat(account.feesE6()).isEqualTo(46);
        assertThat(account.markets()).isEqualTo(2);
        assertThat(account.hasBooked("FILL#t0")).isTrue();
        assertThat(account.hasBooked("FILL#t9")).isFalse();
        assertThat(account.position(M)).isNotNull().satisfies(position -> {
            assertThat(position.ticker()).isEqualTo(M);
            assertThat(position.fills()).isEqualTo(2);
            assertThat(position.feesE6()).isEqualTo(42);
            assertThat(position.isOpen()).isFalse();
            assertThat(position.averageCostE4()).isZero();
        });
    }
}
