package voltage.training.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.forecast.feature.FeatureSet;
import voltage.market.Candle;
import voltage.training.data.ClusteredMinutes;
import voltage.training.data.Dataset;
import voltage.training.data.LabelledRows;
import voltage.training.evaluate.Spans;

/** What a row of a made-up contract says, and when it was known. */
@Timeout(60)
class OutcomeRowsTest {
    private static final long MINUTE = MadeUpData.MINUTE;
    private static final int BASE = FeatureSet.CANDLES.size();
    private static final List<Candle> CANDLES = ClusteredMinutes.of(MadeUpData.START, 8 * MadeUpData.DAY, 5);
    /** The minute at which the contract opens that is looked at. */
    private static final int OPEN = 5 * MadeUpData.DAY + 4 * 15;

    private static Candle candle(int minute, double open, double high, double low, double close) {
        return new Candle(
                MadeUpData.START + minute * MINUTE,
                Math.round(open * 1e4),
                Math.round(high * 1e4),
                Math.round(low * 1e4),
                Math.round(close * 1e4),
                100_000_000,
                10,
                false);
    }

    /** With the strike's minute of mean 60 000, the price at 60 030 nine minutes later, and so the settlement. */
    private static List<Candle> contract(double settlement) {
        List<Candle> candles = new ArrayList<>(CANDLES);
        candles.set(OPEN - 1, candle(OPEN - 1, 59_990, 60_020, 59_970, 60_020));
        candles.set(OPEN + 8, candle(OPEN + 8, 60_000, 60_050, 59_990, 60_030));
        candles.set(OPEN + 14, candle(OPEN + 14, settlement, settlement + 40, settlement - 40, settlement));
        return candles;
    }

    private static int[] ofContract(LabelledRows rows) {
        long close = MadeUpData.START + (OPEN + 15) * MINUTE;
        return IntStream.range(0, rows.size())
                .filter(row -> rows.labelEndNanos()[row] == close)
                .toArray();
    }

    @Test
    void strike_price_and_outcome_are_those_of_the_candles() {
        LabelledRows rows = MadeUpData.rows(contract(60_000.01));
        int[] contract = ofContract(rows);

        assertThat(IntStream.of(contract).map(row -> OutcomeRows.minutesToClose(rows, row)))
                .containsExactly(14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
        int row = contract[8];
        double[] values = rows.rows()[row];
        assertThat(rows.atNanos()[row]).isEqualTo(MadeUpData.START + (OPEN + 9) * MINUTE);
        assertThat(values[BASE]).isEqualTo(6);
        assertThat(values[BASE + 1]).isCloseTo(Math.log(60_030.0 / 60_000), within(1e-12));
        assertThat(values[BASE + 2]).isPositive();
        assertThat(values[BASE + 3]).isBetween(0.5, 1.0);
        assertThat(IntStream.of(contract)).allMatch(each -> rows.labels()[each]);
        assertThat(rows.names())
                .endsWith("minutes_to_close", "log_moneyness", "standardised_moneyness", "fair_probability");
    }

    @Test
    void a_tie_pays_and_a_cent_below_does_not() {
        LabelledRows tie = MadeUpData.rows(contract(60_000));
        LabelledRows below = MadeUpData.rows(contract(59_999.99));

        assertThat(tie.labels()[ofContract(tie)[0]]).isTrue();
        assertThat(below.labels()[ofContract(below)[0]]).isFalse();
    }

    @Test
    void minutes_that_are_not_known_leave_rows_out() {
        List<Candle> gap = new ArrayList<>(contract(60_100));
        Candle seventh = gap.get(OPEN + 6);
        gap.set(OPEN + 6, Candle.flat(seventh.openNanos(), seventh.openE4()));
        List<Candle> withoutStrike = new ArrayList<>(contract(60_100));
        withoutStrike.remove(OPEN - 1);
        List<Candle> withoutEnd = new ArrayList<>(contract(60_100));
        withoutEnd.remove(OPEN + 14);

        LabelledRows rows = MadeUpData.rows(gap);
        assertThat(IntStream.of(ofContract(rows)).map(row -> OutcomeRows.minutesToClose(rows, row)))
                .hasSize(13)
                .doesNotContain(8);
        assertThat(ofContract(MadeUpData.rows(withoutStrike))).isEmpty();
        assertThat(ofContract(MadeUpData.rows(withoutEnd))).isEmpty();
    }

    @Test
    void the_future_cut_off_changes_no_row_whose_outcome_is_known() {
        LabelledRows whole = MadeUpData.rows(CANDLES);
        for (int minutes : new int[] {4 * MadeUpData.DAY + 700, 6 * MadeUpData.DAY + 7}) {
            LabelledRows past = MadeUpData.rows(CANDLES.subList(0, minutes));
            long cut = MadeUpData.START + minutes * MINUTE;
            LabelledRows expected = whole.where(row -> whole.labelEndNanos()[row] <= cut);

            assertThat(past.size()).isEqualTo(expected.size()).isGreaterThan(1_000);
            assertThat(Arrays.deepEquals(past.rows(), expected.rows())).isTrue();
            assertThat(past.labels()).isEqualTo(expected.labels());
        }
    }

    @Test
    void what_comes_after_an_instant_is_not_in_its_row() {
        LabelledRows rows = MadeUpData.rows(CANDLES);
        int row = ofContract(rows)[5];
        int known = (int) ((rows.atNanos()[row] - MadeUpData.START) / MINUTE);
        List<Candle> other = new ArrayList<>(CANDLES.subList(0, known));
        for (Candle candle : CANDLES.subList(known, CANDLES.size())) {
            other.add(new Candle(
                    candle.openNanos(),
                    2 * candle.openE4(),
                    2 * candle.highE4(),
                    2 * candle.lowE4(),
                    2 * candle.closeE4(),
                    candle.volumeE8(),
                    candle.trades(),
                    false));
        }
        LabelledRows doubled = MadeUpData.rows(other);

        assertThat(doubled.rows()[ofContract(doubled)[5]]).isEqualTo(rows.rows()[row]);
        assertThat(doubled.rows()[ofContract(doubled)[6]]).isNotEqualTo(rows.rows()[row + 1]);
    }

    @Test
    void no_contract_of_a_part_reaches_into_the_next() {
        Dataset data = MadeUpData.dataset(CANDLES);
        Spans spans = Spans.of(data);
        OutcomeParts parts = OutcomeParts.of(data, MadeUpData.prices(CANDLES), spans);
        long hour = 60 * MINUTE;

        assertThat(Arrays.stream(parts.past().labelEndNanos()).max().orElseThrow())
                .isLessThanOrEqualTo(spans.holdFromNanos() - hour)
                .isGreaterThan(spans.holdFromNanos() - hour - 15 * MINUTE);
        assertThat(OutcomeRows.openNanos(parts.held(), 0)).isGreaterThanOrEqualTo(spans.holdFromNanos());
        assertThat(Arrays.stream(parts.held().labelEndNanos()).max().orElseThrow())
                .isLessThanOrEqualTo(spans.testFromNanos() - hour);
        assertThat(Arrays.stream(parts.both().labelEndNanos()).max().orElseThrow())
                .isLessThanOrEqualTo(spans.testFromNanos() - hour);
        assertThat(OutcomeRows.openNanos(parts.test(), 0)).isGreaterThanOrEqualTo(spans.testFromNanos());
        assertThat(parts.before().testFromNanos()).isEqualTo(spans.holdFromNanos());
    }

    @Test
    void a_part_without_a_day_of_contracts_is_refused() {
        List<Candle> few = CANDLES.subList(0, 4 * MadeUpData.DAY);
        Dataset data = MadeUpData.dataset(few);

        assertThatThrownBy(() -> OutcomeParts.of(data, MadeUpData.prices(few), Spans.of(data)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rows of contracts, at least 1344 are needed");
    }
}
