package voltage.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.market.Candle;
import voltage.training.data.CandleSource;
import voltage.training.data.Dataset;
import voltage.training.data.MinutePrices;
import voltage.training.data.MinuteQuote;
import voltage.training.evaluate.ContractEvaluation.Minute;
import voltage.training.evaluate.ContractEvaluation.Report;
import voltage.training.evaluate.ContractEvaluation.Side;
import voltage.training.lightgbm.TrainingProgress;
import voltage.training.lightgbm.TrainingSettings;
import voltage.training.report.EvaluationPage;
import voltage.training.report.Headline;

@Timeout(180)
class ContractEvaluationTest {
    private static final int FIRST_QUOTED = 12;
    private static final int DAYS = 18;
    private static final List<Candle> CANDLES = MadeUpMarkets.candles(DAYS, 9);
    private static final Dataset DATA = MadeUpMarkets.dataset(CANDLES);
    private static final MinutePrices PRICES = MinutePrices.of(CandleSource.of(CANDLES));

    private static List<MinuteQuote> ignorant = List.of();
    private static List<EventTraining.Trained> trained = List.of();
    private static Spans spans = Spans.of(DATA);

    @BeforeAll
    static void train() {
        ignorant = quotes((outcome, left, random) -> 0.5 + 0.02 * random.nextDouble());
        spans = ContractEvaluation.spans(DATA, ignorant);
        EventTraining training = new EventTraining(TrainingSettings.USUAL.withRounds(15, 5), TrainingProgress.SILENT);
        trained = MadeUpMarkets.EVENTS.stream()
                .map(event -> training.train(DATA, event, spans))
                .toList();
    }

    private static List<MinuteQuote> quotes(MadeUpMarkets.Quoting quoting) {
        return MadeUpMarkets.quotes(CANDLES, FIRST_QUOTED, DAYS, quoting);
    }

    private static Report test(List<MinuteQuote> quotes) {
        return ContractEvaluation.test(DATA, PRICES, quotes, trained, spans);
    }

    private static double brier(Minute minute, String name) {
        return Optional.ofNullable(minute.figures().get(name))
                .orElseThrow()
                .scores()
                .brier();
    }

    @Test
    void a_market_that_knows_nothing_is_beaten_and_nearly_as_well_as_can_be() {
        Side strict = test(ignorant).strict();

        assertThat(strict.minutes())
                .extracting(Minute::minutesToClose)
                .startsWith(15, 14)
                .endsWith(2, 1);
        assertThat(strict.all().figures())
                .containsOnlyKeys("climatology", "harLogit", "lightgbm", "ensemble", "market");
        assertThat(strict.all().againstMarket().high()).isLessThan(-0.02);
        assertThat(strict.all().skill().low()).isPositive();
        for (Minute minute : strict.minutes().subList(3, 13)) {
            assertThat(brier(minute, "ensemble"))
                    .isGreaterThan(minute.ideal().brier() - 0.02)
                    .isLessThan(0.25);
        }
        assertThat(Optional.ofNullable(strict.beside()).orElseThrow().weight().estimate())
                .isGreaterThan(0.8);
    }

    @Test
    void the_same_minutes_knowledge_is_better_than_that_of_the_minute_before() {
        Report report = test(ignorant);

        assertThat(brier(report.sides().getLast().all(), "ensemble"))
                .isLessThan(brier(report.strict().all(), "ensemble") - 0.003);
    }

    @Test
    void a_market_that_knows_the_outcome_raises_the_alarm_and_leaves_us_no_weight() {
        Report report = test(quotes((outcome, left, random) -> outcome ? 0.97 : 0.03));

        assertThat(report.strict().all().alarms()).containsExactly("market");
        assertThat(report.strict().all().againstMarket().low()).isPositive();
        assertThat(Optional.ofNullable(report.strict().beside())
                        .orElseThrow()
                        .weight()
                        .high())
                .isLessThan(0.05);
        assertThat(Headline.of(report).getFirst()).startsWith("No edge over the market is shown");
        assertThat(Headline.of(report)).anyMatch(line -> line.startsWith("Better than the ideal allows"));
    }

    @Test
    void each_claim_stands_beside_its_power() {
        Minute minute = test(ignorant).strict().minutes().get(5);

        // Two standard errors of 575 contracts at p(1-p) = 0.25: 4·√(0.25/575) = 0.083.
        assertThat(minute.edgeSeen()).isBetween(0.082, 0.085);
        assertThat(Headline.of(test(ignorant))).anyMatch(line -> line.startsWith("Power: 575 contracts"));
    }

    @Test
    void models_that_saw_the_quotes_time_are_refused() {
        assertThat(spans.testFromNanos()).isLessThan(ignorant.getFirst().openNanos());
        assertThatThrownBy(() -> ContractEvaluation.test(
                        DATA,
                        PRICES,
                        ignorant,
                        trained,
                        Spans.before(DATA, ignorant.getFirst().openNanos() + 1)))
                .hasMessageContaining("must be trained on what ended before the first quote");
    }

    @Test
    void quotes_without_candles_before_them_cannot_be_compared() {
        assertThatThrownBy(() -> ContractEvaluation.spans(
                        DATA, MadeUpMarkets.quotes(CANDLES, 0, 1, (outcome, left, random) -> 0.5)))
                .hasMessageContaining("at least a day of candles before");
    }

    @Test
    void the_page_is_one_file_without_scripts_and_says_the_same_twice() {
        EventEvaluation.Report event = EventEvaluation.test(DATA, trained.getFirst(), spans);
        Evaluation evaluation = new Evaluation(
                DATA.set().version(), DATA.candleHash(), List.of(spans), List.of(event), test(ignorant), null);

        String page = EvaluationPage.of(evaluation, Instant.EPOCH);

        assertThat(page)
                .startsWith("<!doctype html>")
                .contains("prefers-color-scheme:dark", "<svg", "ours − market", "HAR-logit", "Power: ", "in 1 folds")
                .doesNotContain("<script", "http://", "https://", "NaN", "Infinity");
        assertThat(page).isEqualTo(EvaluationPage.of(evaluation, Instant.EPOCH));
        assertThat(page.split("<svg", -1)).hasSameSizeAs(page.split("</svg>", -1));
    }
}
