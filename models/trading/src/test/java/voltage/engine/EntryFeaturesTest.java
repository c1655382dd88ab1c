package voltage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.strategy.EntryFeatures;
import voltage.strategy.Excursions;
import voltage.strategy.Opinion;

@Timeout(20)
class EntryFeaturesTest {
    private static EntryFeatures features(long at, long book, long candle, int obi) {
        return new EntryFeatures(at, book, candle, obi, 1, 2, 3, 4, 5, 600, 700, 2, -9, 10, 11, 12, 6);
    }

    @Test
    void there_are_fourteen_and_none_is_known_only_at_the_exit() {
        assertThat(EntryFeatures.NAMES)
                .hasSize(14)
                .doesNotHaveDuplicates()
                .noneMatch(name -> name.contains("excursion") || name.contains("pnl") || name.contains("label"));
    }

    @Test
    void what_was_known_after_the_decision_is_refused() {
        assertThat(features(10, 10, 10, 0)).isNotNull();
        assertThatThrownBy(() -> features(10, 11, 10, 0)).hasMessageContaining("known when the entry is decided");
        assertThatThrownBy(() -> features(10, 10, 11, 0)).hasMessageContaining("known when the entry is decided");
    }

    @Test
    void a_row_holds_them_in_the_order_of_their_names_and_nan_for_what_is_unknown() {
        double[] row = new double[EntryFeatures.NAMES.size()];
        Arrays.fill(row, 99);
        features(10, 10, 10, Opinion.NONE).fill(row);
        assertThat(row[0]).isNaN();
        assertThat(row[1]).isEqualTo(1e-6);
        assertThat(row[6]).isEqualTo(6);
        assertThat(row[EntryFeatures.NAMES.indexOf("time_remaining_sec")]).isEqualTo(11);
        assertThat(row[13]).isEqualTo(6);
        assertThat(row).doesNotContain(99);
    }

    @Test
    void a_market_without_history_has_unknown_candles_and_a_known_book() {
        EngineHarness h = new EngineHarness().list().book();
        MarketState market = new MarketState(
                h.definition(
                        h.key, EngineHarness.OPEN, java.util.OptionalLong.empty(), voltage.market.TickGrid.LINEAR_CENT),
                new IndexEstimate(1),
                0);
        market.book().beginSnapshot();
        market.book().setLevel(voltage.market.Side.YES, 4_000, 300);
        market.book().setLevel(voltage.market.Side.NO, 5_000, 100);
        EntryFeatures features = EntryFeatures.of(market, voltage.market.Side.YES, 5, EngineHarness.OPEN);
        assertThat(features.roc3E6()).isEqualTo(Opinion.NONE);
        assertThat(features.atrE6()).isEqualTo(Opinion.NONE);
        assertThat(features.volumeRatioE6()).isEqualTo(Opinion.NONE);
        assertThat(features.greenCandles3()).isEqualTo(Opinion.NONE);
        assertThat(features.obiE6()).isEqualTo(750_000);
        assertThat(features.bidDepthE2()).isEqualTo(300);
        assertThat(features.askDepthE2()).isEqualTo(100);
        assertThat(features.secondsToClose()).isEqualTo(900);
    }

    @Test
    void excursions_have_their_best_above_their_worst() {
        assertThatThrownBy(() -> new Excursions(-2, -1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
