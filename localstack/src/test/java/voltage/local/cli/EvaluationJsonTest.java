package voltage.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import voltage.forecast.calibration.BetaCalibrator;
import voltage.forecast.event.VolatilityEvent;
import voltage.training.evaluate.CalibratorChoice;
import voltage.training.evaluate.ContractEvaluation;
import voltage.training.evaluate.Evaluation;
import voltage.training.evaluate.EventEvaluation;
import voltage.training.evaluate.Knowledge;
import voltage.training.evaluate.OutcomeReport;
import voltage.training.evaluate.Spans;
import voltage.training.measure.Interval;
import voltage.training.measure.Scores;

class EvaluationJsonTest {
    private static final Interval DIFFERENCE = new Interval(0.01, 0.005, 0.015, 0.003, 300, 7);
    private static final Interval UNBOUNDED =
            new Interval(0.01, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN, 300, 1);
    static final Spans SPANS = new Spans(1_000_000_000L, 2_000_000_000L, 3_000_000_000L, 4_000_000_000L);
    static final Spans LATER = new Spans(1_000_000_000L, 3_000_000_000L, 4_000_000_000L, 5_000_000_000L);

    private static Map<String, EventEvaluation.Figures> figures(String... names) {
        SplittableRandom random = new SplittableRandom(8);
        Map<String, EventEvaluation.Figures> all = new LinkedHashMap<>();
        for (String name : names) {
            double[] said = random.doubles(300).toArray();
            boolean[] labels = new boolean[300];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = random.nextDouble() < said[i];
            }
            all.put(name, new EventEvaluation.Figures(Scores.of(said, labels), UNBOUNDED));
        }
        return all;
    }

    static EventEvaluation.Report event() {
        return new EventEvaluation.Report(
                VolatilityEvent.of(15, 20),
                300,
                0.5,
                figures("climatology", "harLogit", "lightgbm", "ensemble"),
                Map.of(),
                DIFFERENCE,
                DIFFERENCE,
                List.of(fold(SPANS, 0.75), fold(LATER, 1)));
    }

    private static EventEvaluation.Fold fold(Spans spans, double weight) {
        return new EventEvaluation.Fold(
                spans,
                150,
                9_000,
                2_000,
                56,
                Map.of("ensemble", 0.2, "harLogit", Double.NaN),
                Map.of("harLogit", weight),
                new CalibratorChoice(BetaCalibrator.IDENTITY, "identity", Map.of(), 20));
    }

    static ContractEvaluation.Report contracts() {
        ContractEvaluation.Minute minute = new ContractEvaluation.Minute(
                7,
                figures("climatology", "harLogit", "lightgbm", "ensemble", "market"),
                new ContractEvaluation.Ideal(0.15, Double.NaN),
                DIFFERENCE,
                DIFFERENCE,
                0.05,
                List.of("market"));
        return new ContractEvaluation.Report(
                SPANS,
                300,
                300,
                0,
                3_000_000_000L,
                4_000_000_000L,
                List.of(
                        new ContractEvaluation.Side(Knowledge.BEFORE_MINUTE, List.of(minute), minute, null),
                        new ContractEvaluation.Side(Knowledge.SAME_MINUTE, List.of(minute), minute, null)));
    }

    static OutcomeReport outcomes() {
        OutcomeReport.Minute minute = new OutcomeReport.Minute(
                7,
                figures("climatology", "harLogit", "lightgbm", "ensemble", "ensembleCalibrated", "direct", "pool"),
                new ContractEvaluation.Ideal(0.15, 0.45),
                DIFFERENCE,
                UNBOUNDED,
                DIFFERENCE,
                List.of("direct"));
        return new OutcomeReport(
                SPANS,
                300,
                2_000,
                500,
                new Interval(0.25, 0.1, 0.4, 0.07, 500, 7),
                new CalibratorChoice(BetaCalibrator.IDENTITY, "identity", Map.of(), 20),
                List.of(minute),
                minute);
    }

    private static JsonNode json(Evaluation evaluation) throws JsonProcessingException {
        String text = LaneOptions.JSON.writeValueAsString(EvaluationJson.of(evaluation));
        assertThat(text).doesNotContain("NaN", "Infinity");
        return LaneOptions.JSON.readTree(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"climatology", "harLogit", "lightgbm", "ensemble", "market"})
    void each_minute_has_all_figures_of_each_model(String model) throws JsonProcessingException {
        JsonNode body =
                json(new Evaluation("candles-1", "da7a", List.of(SPANS, LATER), List.of(event()), contracts(), null));

        for (String side : List.of("minutes", "minutesSameMinute")) {
            for (String minute : List.of("7", "all")) {
                JsonNode row = body.path(side).path(minute).path(model);
                assertThat(row.fieldNames()).toIterable().contains("brier", "logLoss", "auc", "ece", "n", "ci95");
                assertThat(row.path("n").intValue()).isEqualTo(300);
            }
        }
    }

    @Test
    void what_there_is_not_is_null_and_never_a_number() throws JsonProcessingException {
        JsonNode body =
                json(new Evaluation("candles-1", "da7a", List.of(SPANS, LATER), List.of(event()), contracts(), null));

        JsonNode target = body.path("targets").path("event-15m-20bp");
        assertThat(target.path("patchtst").isNull()).isTrue();
        assertThat(target.path("market").isNull()).isTrue();
        assertThat(target.path("ensemble").path("ci95").isNull())
                .as("one day has no interval")
                .isTrue();
        assertThat(body.path("minutes").path("7").path("ideal").path("brier").doubleValue())
                .isEqualTo(0.15);
        assertThat(body.path("minutes").path("7").path("ideal").path("logLoss").isNull())
                .isTrue();
        assertThat(body.path("minutes")
                        .path("7")
                        .path("betterThanIdealAllows")
                        .path(0)
                        .textValue())
                .isEqualTo("market");
        assertThat(body.path("besideMarket").path("minutes").path("weight").isNull())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"climatology", "harLogit", "lightgbm", "ensemble", "direct", "pool"})
    void the_contracts_own_outcome_has_all_figures_of_each_model(String model) throws JsonProcessingException {
        JsonNode outcomes = json(new Evaluation(
                        "candles-1", "da7a", List.of(SPANS, LATER), List.of(event()), contracts(), outcomes()))
                .path("outcomes");

        for (String minute : List.of("7", "all")) {
            JsonNode row = outcomes.path("minutes").path(minute);
            assertThat(row.path(model).fieldNames())
                    .toIterable()
                    .contains("brier", "logLoss", "auc", "ece", "n", "ci95");
            assertThat(row.path("ideal").path("logLoss").doubleValue()).isEqualTo(0.45);
            assertThat(row.path("directLessFormula").path("ci95").path(1).doubleValue())
                    .isEqualTo(0.015);
            assertThat(row.path("poolLessFormula").path("ci95").isNull()).isTrue();
            assertThat(row.path("betterThanIdealAllows").path(0).textValue()).isEqualTo("direct");
        }
        assertThat(outcomes.path("weight").path("estimate").doubleValue()).isEqualTo(0.25);
        assertThat(outcomes.path("weight").path("ci95").path(0).doubleValue()).isEqualTo(0.1);
        assertThat(outcomes.path("decision").textValue()).startsWith("The formula stays");
    }

    @Test
    void each_fold_tells_of_its_own_training_and_the_whole_of_all_of_them() throws JsonProcessingException {
        JsonNode body =
                json(new Evaluation("candles-1", "da7a", List.of(SPANS, LATER), List.of(event()), contracts(), null));

        JsonNode folds = body.path("targets").path("event-15m-20bp").path("folds");
        assertThat(folds).hasSize(2);
        assertThat(folds.path(0).path("weights").path("harLogit").doubleValue()).isEqualTo(0.75);
        assertThat(folds.path(0).path("brier").path("harLogit").isNull()).isTrue();
        assertThat(folds.path(1).path("testedFrom").textValue()).isEqualTo("1970-01-01T00:00:04Z");
        assertThat(body.path("testedFrom").textValue()).isEqualTo("1970-01-01T00:00:03Z");
        assertThat(body.path("testedTo").textValue()).isEqualTo("1970-01-01T00:00:05Z");
    }

    // NullAway does not see the annotation of a nested type in another module's record.
    @SuppressWarnings("NullAway")
    @Test
    void without_quotes_there_are_no_minutes() throws JsonProcessingException {
        JsonNode body = json(new Evaluation("candles-1", "da7a", List.of(SPANS, LATER), List.of(event()), null, null));

        assertThat(body.path("minutes").isNull()).isTrue();
        assertThat(body.path("minutesSameMinute").isNull()).isTrue();
        assertThat(body.path("outcomes").isNull()).isTrue();
    }
}
