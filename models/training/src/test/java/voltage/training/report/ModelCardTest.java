package voltage.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import voltage.forecast.calibration.BetaCalibrator;
import voltage.forecast.event.VolatilityEvent;
import voltage.training.evaluate.CalibratorChoice;
import voltage.training.evaluate.EventEvaluation;
import voltage.training.evaluate.Spans;
import voltage.training.evaluate.UnbalanceEffect;
import voltage.training.measure.Interval;
import voltage.training.measure.Scores;

class ModelCardTest {
    private static final VolatilityEvent EVENT = VolatilityEvent.of(15, 20);
    private static final long DAY = 86_400_000_000_000L;
    private static final Spans SPANS = new Spans(DAY, 2 * DAY, 3 * DAY, 4 * DAY);

    private static Interval interval(double value) {
        return new Interval(value, value - 0.01, value + 0.01, 0.005, 400, 5);
    }

    private static EventEvaluation.Figures figures(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] said = random.doubles(400).toArray();
        boolean[] labels = new boolean[400];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = random.nextDouble() < said[i];
        }
        Scores scores = Scores.of(said, labels);
        return new EventEvaluation.Figures(scores, interval(scores.brier()));
    }

    private static ModelCard card() {
        Map<String, EventEvaluation.Figures> all = new LinkedHashMap<>();
        Map<String, Interval> skill = new LinkedHashMap<>();
        for (String name : List.of("climatology", "harLogit", "lightgbm", "ensemble")) {
            all.put(name, figures(name.hashCode()));
            skill.put(name, interval(0.1));
        }
        EventEvaluation.Report report = new EventEvaluation.Report(
                EVENT,
                400,
                0.5,
                all,
                skill,
                interval(-0.02),
                interval(0.001),
                List.of(new EventEvaluation.Fold(
                        SPANS,
                        400,
                        9_000,
                        2_000,
                        56,
                        Map.of("ensemble", 0.2),
                        Map.of("harLogit", 0.4, "lightgbm", 0.6),
                        new CalibratorChoice(BetaCalibrator.IDENTITY, "identity", Map.of(), 400))));
        return new ModelCard(
                "v1<2",
                Instant.EPOCH,
                "candles-1",
                "da7a",
                "c0de",
                SPANS,
                new TreeMap<>(Map.of("lightgbm", "rounds=300")),
                List.of(new ModelCard.Target(
                        report,
                        Map.of("log_parkinson_1h", 3.0, "hour_sin", 1.0),
                        new UnbalanceEffect(EVENT, figures(1), figures(2), 0.26, 0.33, interval(0.02)))),
                List.of("Beside the market: see the evaluation."));
    }

    @Test
    void the_card_says_what_it_is_made_of_how_good_it_is_and_what_it_is_not_for() {
        assertThat(card().toHtml())
                .contains("v1&lt;2", "da7a", "c0de", "rounds=300", "event-15m-20bp", "log_parkinson_1h", "75.0 %")
                .contains("is_unbalance", "26.0 %", "33.0 %")
                .contains("at the money is neutral to volatility", "Beside the market: see the evaluation.")
                .contains("by chance on 400 instants")
                .doesNotContain("<script", "NaN", "https://", "http://");
    }

    @Test
    void a_flag_that_harms_is_not_helped_by_its_name() {
        UnbalanceEffect effect = new UnbalanceEffect(EVENT, figures(1), figures(2), 0.26, 0.33, interval(0.02));

        assertThat(effect.helps()).isFalse();
        assertThat(new UnbalanceEffect(EVENT, figures(1), figures(2), 0.26, 0.33, interval(-0.02)).helps())
                .isTrue();
    }
}
