package voltage.training.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.forecast.filter.EntryFilter;
import voltage.forecast.filter.EntryFilterJson;
import voltage.strategy.EntryScreen;
import voltage.training.filter.FilterTraining.Outcome;

@Timeout(120)
class FilterTrainingTest {
    @Test
    void too_few_trades_are_refused_with_how_many_are_missing() {
        assertThat(FilterTraining.train(Trades.random(412, 1, 0.5)))
                .isEqualTo(new Outcome.Refused(
                        "an entry filter needs 500 trades that have ended, there are 412: 88 more"));
        List<LabelledEntry> wonNearlyAll = Trades.random(600, 1, 0).stream()
                .map(entry ->
                        new LabelledEntry(entry.features(), entry.features().obiE6() > 50_000, entry.endedNanos()))
                .toList();
        assertThat(FilterTraining.train(wonNearlyAll).toString()).contains("of either outcome");
    }

    @Test
    void noise_gives_no_filter() {
        int trained = 0;
        for (long seed = 0; seed < 12; seed++) {
            trained += FilterTraining.train(Trades.random(600, seed, 0)) instanceof Outcome.Trained ? 1 : 0;
        }
        assertThat(trained).as("filters of 12 samples of noise").isLessThanOrEqualTo(1);
    }

    @Test
    void what_tells_wins_from_losses_is_found_and_its_precision_is_what_new_trades_show() {
        Outcome outcome = FilterTraining.train(Trades.random(900, 3, 0.7));
        assertThat(outcome).isInstanceOf(Outcome.Trained.class);
        Outcome.Trained trained = (Outcome.Trained) outcome;
        assertThat(trained.evidence().precision()).isGreaterThanOrEqualTo(FilterTraining.PRECISION);
        assertThat(trained.evidence().lowerBound())
                .isLessThan(trained.evidence().precision());
        assertThat(trained.evidence().passed()).isGreaterThanOrEqualTo(FilterTraining.LEAST_PASSED);
        int passed = 0;
        int won = 0;
        for (LabelledEntry entry : Trades.random(4_000, 99, 0.7)) {
            boolean passes =
                    trained.model().winE4(entry.features()) >= trained.model().thresholdE4();
            passed += passes ? 1 : 0;
            won += passes && entry.isWin() ? 1 : 0;
        }
        assertThat(won / (double) passed)
                .as("precision on %d new trades", passed)
                .isGreaterThan(trained.evidence().lowerBound())
                .isGreaterThan(0.55);
    }

    @Test
    void the_threshold_lets_most_pass_that_still_have_the_precision() {
        int[] winE4 = IntStream.range(0, 200).map(i -> 8_000 - i * 20).toArray();
        boolean[] labels = new boolean[200];
        for (int i = 0; i < 200; i++) {
            labels[i] = i < 70;
        }
        int[] all = IntStream.range(0, 200).toArray();
        // 70 of 111 are 0.631, less √(0.58·0.42/111) = 0.047; 70 of 112 are 0.625, less 0.047, which is under 0.58.
        assertThat(FilterTraining.threshold(winE4, labels, all)).hasValue(8_000 - 110 * 20);
        assertThat(FilterTraining.threshold(winE4, new boolean[200], all)).isEmpty();
        assertThat(FilterTraining.threshold(
                        winE4, labels, IntStream.range(0, 40).toArray()))
                .isEmpty();
    }

    @Test
    void a_filter_s_file_is_read_back_and_any_change_to_it_is_noticed() throws IOException {
        Outcome.Trained trained = (Outcome.Trained) FilterTraining.train(Trades.random(900, 3, 0.7));
        EntryFilterJson.Content content =
                new EntryFilterJson.Content(EntryScreen.Mode.SHADOW, trained.model(), trained.evidence());
        StringWriter out = new StringWriter();
        EntryFilterJson.write(content, out);
        EntryFilterJson.Content back = EntryFilterJson.read(new StringReader(out.toString()), "f");
        assertThat(back.evidence()).isEqualTo(content.evidence());
        assertThat(back.model().version()).isEqualTo(content.model().version());
        assertThat(back.filter()).isInstanceOf(EntryFilter.Shadow.class);
        for (LabelledEntry entry : Trades.random(50, 5, 0)) {
            assertThat(back.filter().winE4(entry.features()))
                    .isEqualTo(content.model().winE4(entry.features()));
        }
        String lowered = out.toString().replaceFirst("\"thresholdE4\" : \\d+", "\"thresholdE4\" : 1");
        assertThatThrownBy(() -> EntryFilterJson.read(new StringReader(lowered), "f"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("changed after it was written");
        assertThat(EntryFilterJson.readFilter(new StringReader(lowered), "f")).isInstanceOf(EntryFilter.Broken.class);
        assertThat(EntryFilterJson.readFilter(new StringReader("{"), "f").mode())
                .isEqualTo(EntryScreen.Mode.BROKEN);
        assertThat(EntryFilterJson.readFilter(new StringReader("[]"), "f").mode())
                .isEqualTo(EntryScreen.Mode.BROKEN);
    }
}
