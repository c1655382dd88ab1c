package voltage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static voltage.engine.EngineHarness.MINUTE;

import java.util.List;
import org.junit.jupiter.api.Test;
import voltage.market.MarketEvent;
import voltage.order.Lane;

/** Whose volatility is decided on, and what happens without the models. */
class EngineForecastTest {
    private static final String MODEL = "2026-11-18-00000001";
    private static final double HAR = 5e-5;

    private final EngineHarness paper = new EngineHarness();
    private final EngineHarness live =
            new EngineHarness(EngineSettings.defaults(Lane.LIVE).believing(5_000));

    private static Decision.Forecaster forecaster(
            Decision.Forecaster.Source source, String model, Decision.Forecaster.State state) {
        return new Decision.Forecaster(source, model, state);
    }

    @Test
    void the_models_forecast_is_what_is_decided_on_and_every_decision_names_the_version() {
        paper.ready().pause().book().forecast(MODEL, 7e-5).seconds(1);

        assertThat(paper.lastDecision().volatilityE9()).isEqualTo(70_000);
        assertThat(paper.lastDecision().forecaster())
                .isEqualTo(forecaster(Decision.Forecaster.Source.MODELS, MODEL, Decision.Forecaster.State.FRESH));
    }

    @Test
    void another_version_is_named_from_its_first_forecast_on_and_no_second_is_without_one() {
        paper.ready().pause().book().forecast(MODEL, 7e-5).seconds(1);
        int before = paper.decisions.size();
        paper.forecast("2026-11-19-00000002", 8e-5).seconds(1);

        assertThat(paper.decisions.subList(before, paper.decisions.size()))
                .isNotEmpty()
                .allSatisfy(decision -> {
                    assertThat(decision.forecaster().model()).isEqualTo("2026-11-19-00000002");
                    assertThat(decision.volatilityE9()).isEqualTo(80_000);
                });
    }

    @Test
    void a_challengers_word_counts_for_nothing() {
        paper.ready().pause().book().forecast(MODEL, 7e-5);
        paper.on(new MarketEvent.Forecast(
                "challenger", true, paper.now / MINUTE * MINUTE, 1, 4, List.of(), paper.now, paper.now));
        paper.on(new MarketEvent.ForecastFailed("challenger", true, "broken", paper.now, paper.now));
        paper.seconds(1);

        assertThat(paper.lastDecision().volatilityE9()).isEqualTo(70_000);
        assertThat(paper.lastDecision().forecaster().state()).isEqualTo(Decision.Forecaster.State.FRESH);
    }

    @Test
    void without_models_paper_decides_with_har_and_says_so() {
        paper.ready().book().seconds(1);

        assertThat(paper.lastDecision().volatilityE9()).isEqualTo((long) (HAR * 1e9));
        assertThat(paper.decisions)
                .allSatisfy(decision -> assertThat(decision.forecaster())
                        .isEqualTo(forecaster(Decision.Forecaster.Source.HAR, "", Decision.Forecaster.State.NONE_YET)));
        assertThat(paper.orders()).isNotEmpty();
    }

    @Test
    void without_models_live_stays_out_and_names_the_gate() {
        live.ready().book();

        assertThat(live.orders()).isEmpty();
        assertThat(live.lastDecision().firstFailing()).contains(Gate.MODEL);
        assertThat(live.lastDecision().volatilityE9()).isZero();
    }

    @Test
    void with_real_money_a_forecast_has_no_weight_until_somebody_gives_it_one() {
        EngineHarness untouched = new EngineHarness(EngineSettings.defaults(Lane.LIVE));
        untouched.ready().forecast(MODEL, 7e-5).book().seconds(1);

        assertThat(untouched.orders()).isEmpty();
        assertThat(untouched.decisions).anySatisfy(decision -> {
            assertThat(decision.firstFailing()).contains(Gate.EDGE);
            assertThat(decision.forecaster().state()).isEqualTo(Decision.Forecaster.State.FRESH);
        });
    }

    @Test
    void with_models_live_enters() {
        live.ready().forecast(MODEL, 7e-5).book().seconds(1);

        assertThat(live.orders()).isNotEmpty();
    }

    @Test
    void models_that_fail_are_replaced_at_once_by_har_in_paper_and_by_nothing_live() {
        paper.ready()
                .pause()
                .book()
                .forecast(MODEL, 7e-5)
                .forecastFailed(MODEL, "broken")
                .seconds(1);
        live.ready()
                .pause()
                .book()
                .forecast(MODEL, 7e-5)
                .forecastFailed(MODEL, "broken")
                .seconds(1);

        assertThat(paper.lastDecision().volatilityE9()).isEqualTo((long) (HAR * 1e9));
        assertThat(paper.lastDecision().forecaster())
                .isEqualTo(forecaster(Decision.Forecaster.Source.HAR, MODEL, Decision.Forecaster.State.FAILED));
        assertThat(live.lastDecision().forecaster())
                .isEqualTo(forecaster(Decision.Forecaster.Source.NONE, MODEL, Decision.Forecaster.State.FAILED));
    }

    @Test
    void a_forecast_counts_for_130_seconds_after_its_minute() {
        paper.ready().pause().book();
        paper.now = paper.now / MINUTE * MINUTE;
        paper.forecast(MODEL, 7e-5).seconds(130);
        assertThat(paper.lastDecision().forecaster().state()).isEqualTo(Decision.Forecaster.State.FRESH);

        paper.seconds(1);
        assertThat(paper.lastDecision().forecaster())
                .isEqualTo(forecaster(Decision.Forecaster.Source.HAR, MODEL, Decision.Forecaster.State.LATE));
    }

    @Test
    void models_that_answer_again_are_heeded_again() {
        paper.ready()
                .pause()
                .book()
                .forecastFailed(MODEL, "no history")
                .seconds(5)
                .forecast(MODEL, 7e-5)
                .seconds(1);

        assertThat(paper.lastDecision().forecaster().state()).isEqualTo(Decision.Forecaster.State.FRESH);
    }

    @Test
    void a_failure_is_told_once_after_a_minute_and_a_short_one_not_at_all() {
        paper.ready().pause().book().forecastFailed(MODEL, "broken trees").seconds(59);
        assertThat(alerts(paper)).isEmpty();

        paper.seconds(120);
        assertThat(alerts(paper)).singleElement().asString().contains("broken trees", "HAR stands in");
    }

    @Test
    void live_is_told_that_it_does_not_enter() {
        live.ready().pause().book().forecastFailed(MODEL, "broken trees").seconds(61);

        assertThat(alerts(live)).singleElement().asString().contains("broken trees", "no entries");
    }

    private static List<String> alerts(EngineHarness harness) {
        return harness.statuses.stream()
                .filter(status -> status.level() == EngineOutput.Status.Level.ALERT)
                .map(EngineOutput.Status::text)
                .filter(text -> text.contains("models"))
                .toList();
    }

    @Test
    void a_forecast_is_asked_for_once_a_minute_and_after_history_came() {
        paper.ready().pause().book().seconds(3);
        int first = paper.forecastsNeeded;
        assertThat(first).isPositive();

        paper.seconds(30);
        assertThat(paper.forecastsNeeded).isEqualTo(first);
        paper.seconds(60);
        assertThat(paper.forecastsNeeded).isEqualTo(first + 1);

        paper.history(0, 100).seconds(1);
        assertThat(paper.forecastsNeeded).isEqualTo(first + 2);
    }
}
