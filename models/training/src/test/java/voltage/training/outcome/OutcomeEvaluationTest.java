package voltage.training.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.market.Candle;
import voltage.training.data.ClusteredMinutes;
import voltage.training.data.Dataset;
import voltage.training.data.LabelledRows;
import voltage.training.evaluate.Evaluation;
import voltage.training.evaluate.EventTraining;
import voltage.training.evaluate.OutcomeReport;
import voltage.training.evaluate.OutcomeReport.Minute;
import voltage.training.evaluate.Spans;
import voltage.training.lightgbm.TrainingProgress;
import voltage.training.lightgbm.TrainingSettings;
import voltage.training.report.EvaluationPage;

/** A random walk of one volatility: the formula knows all that can be known. */
@Timeout(120)
class OutcomeEvaluationTest {
    private static final TrainingSettings SETTINGS = TrainingSettings.USUAL.withRounds(40, 10);
    private static final List<Candle> CANDLES =
            ClusteredMinutes.withoutClusters(MadeUpData.START, 20 * MadeUpData.DAY, 21);
    private static final Dataset DATA = MadeUpData.dataset(CANDLES);
    private static final Spans SPANS = Spans.of(DATA);
    private static final OutcomeParts PARTS = OutcomeParts.of(DATA, MadeUpData.prices(CANDLES), SPANS);
    private static final OutcomeTraining TRAINING = new OutcomeTraining(SETTINGS, TrainingProgress.SILENT);

    private static List<EventTraining.Trained> trained = List.of();
    private static Optional<OutcomeReport> measured = Optional.empty();

    @BeforeAll
    static void measure() {
        trained = List.of(new EventTraining(SETTINGS, TrainingProgress.SILENT).train(DATA, MadeUpData.EVENT, SPANS));
        measured = Optional.of(OutcomeEvaluation.test(PARTS, trained, TRAINING.train(DATA, PARTS), SPANS));
    }

    private static OutcomeReport report() {
        return measured.orElseThrow();
    }

    @Test
    void the_formula_is_as_good_as_can_be_and_rings_no_alarm() {
        OutcomeReport report = report();

        assertThat(report.minutes())
                .extracting(Minute::minutesToClose)
                .containsExactly(14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
        assertThat(report.contracts()).isBetween(700, 768);
        assertThat(report.all().brier(OutcomeReport.FORMULA))
                .isCloseTo(report.all().ideal().brier(), within(0.01));
        for (Minute minute : report.minutes()) {
            assertThat(minute.brier(OutcomeReport.FORMULA))
                    .as("%d minutes to close", minute.minutesToClose())
                    .isCloseTo(minute.ideal().brier(), within(0.025));
        }
        assertThat(report.all().alarms()).isEmpty();
    }

    @Test
    void a_direct_model_is_no_better_where_there_is_no_more_to_know() {
        OutcomeReport report = report();

        assertThat(report.all().figures())
                .containsOnlyKeys(
                        "climatology", "harLogit", "lightgbm", "ensemble", "ensembleCalibrated", "direct", "pool");
        assertThat(report.isDirectBetter()).isFalse();
        assertThat(report.decision()).startsWith("The formula stays");
        assertThat(report.all().brier(OutcomeReport.DIRECT)).isLessThan(0.2);
        assertThat(report.all().poolLessFormula().estimate()).isCloseTo(0, within(0.002));
    }

    private static LabelledRows shuffled(LabelledRows rows) {
        boolean[] labels = new boolean[rows.size()];
        SplittableRandom random = new SplittableRandom(4);
        // Whole contracts get another's outcome, as rows of one share theirs.
        for (int row = 0; row < labels.length; row++) {
            boolean sameContract = row > 0 && rows.labelEndNanos()[row] == rows.labelEndNanos()[row - 1];
            labels[row] = sameContract ? labels[row - 1] : random.nextBoolean();
        }
        return new LabelledRows(
                rows.names(), rows.rows(), labels, rows.atNanos(), rows.labelEndNanos(), rows.minutes());
    }

    @Test
    void outcomes_dealt_out_anew_leave_the_direct_model_no_weight_and_no_skill() {
        OutcomeParts parts = new OutcomeParts(
                shuffled(PARTS.past()),
                PARTS.held(),
                shuffled(PARTS.both()),
                PARTS.test(),
                PARTS.variance(),
                PARTS.before());
        OutcomeTraining.Trained outcome = TRAINING.train(DATA, parts);
        OutcomeReport report = OutcomeEvaluation.test(parts, trained, outcome, SPANS);

        assertThat(outcome.weight().estimate()).isLessThan(0.1);
        assertThat(outcome.weight().low()).isZero();
        assertThat(report.all().brier(OutcomeReport.DIRECT)).isGreaterThan(0.24);
        assertThat(report.all().directLessFormula().low()).isPositive();
        assertThat(report.decision()).endsWith("which is worse.");
    }

    @Test
    void what_is_missing_is_said_and_nothing_is_measured() {
        List<Candle> few = CANDLES.subList(0, 4 * MadeUpData.DAY);
        Dataset data = MadeUpData.dataset(few);
        List<String> told = new ArrayList<>();

        OutcomeReport report = new OutcomeEvaluation(SETTINGS, TrainingProgress.SILENT)
                .measure(data, MadeUpData.prices(few), trained, Spans.of(data), told::add);

        assertThat(report).isNull();
        assertThat(told).singleElement().asString().startsWith("no model of the contracts' own outcome: the ");
    }

    // NullAway does not see the annotation of a nested type in a compiled record.
    @SuppressWarnings("NullAway")
    @Test
    void the_page_shows_figures_and_decision() {
        Evaluation evaluation =
                new Evaluation("candles-1", DATA.candleHash(), List.of(SPANS), List.of(), null, report());

        String page = EvaluationPage.of(evaluation, Instant.EPOCH);

        assertThat(page)
                .contains(
                        "The contract&#39;s own outcome, learned directly", "The formula stays", "formula with direct")
                .contains(String.format(Locale.ROOT, "%.4f", report().all().brier(OutcomeReport.DIRECT)))
                .contains(String.format(
                        Locale.ROOT, "%.4f", report().minutes().getFirst().brier(OutcomeReport.FORMULA)))
                .doesNotContain("NaN");
    }
}
