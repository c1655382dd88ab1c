package voltage.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import voltage.engine.EngineOutput;
import voltage.forecast.artifact.BuiltInModels;
import voltage.forecast.artifact.ModelSetFiles;
import voltage.forecast.model.ModelSet;
import voltage.market.Candle;
import voltage.market.CandleSeries;
import voltage.market.MalformedFrameException;
import voltage.market.MarketEvent;
import voltage.store.json.ForecastJson;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class InferenceTest {
    private static final long MINUTE = 60_000_000_000L;
    private static final long START = 1_778_600_040_000_000_000L / MINUTE * MINUTE;
    private static final ModelSet FIRST =
            ModelSetFiles.load(new BuiltInModels().latest().orElseThrow());
    private static final ModelSet SECOND =
            new ModelSet("2026-11-22-00000002", FIRST.basis(), FIRST.tailDegrees(), FIRST.models());

    private final List<MarketEvent> told = new ArrayList<>();
    private final List<String> alerts = new ArrayList<>();
    private final CandleSeries minutes = day();

    private void read(byte[] bytes) {
        try {
            new ForecastJson().frame(bytes, 0, bytes.length, 1, told::add);
        } catch (MalformedFrameException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CandleSeries day() {
        CandleSeries series = new CandleSeries(1, 1_500);
        SplittableRandom random = new SplittableRandom(3);
        long price = 900_000_000L;
        for (int i = 0; i < 1_450; i++) {
            long close = price + (long) (300_000 * random.nextGaussian());
            long high = Math.max(price, close) + 100_000;
            long low = Math.min(price, close) - 100_000;
            series.add(new Candle(
                    START + i * MINUTE, price, high, low, close, 1_000_000 + random.nextInt(1_000_000), 9, false));
            price = close;
        }
        return series;
    }

    private EngineOutput.ForecastNeeded needed() {
        return new EngineOutput.ForecastNeeded(minutes.last().openNanos() + MINUTE + 2_000_000_000L, minutes);
    }

    @Test
    void the_champion_and_the_challenger_answer_each_question() {
        Inference inference = new Inference(
                this::read, new Inference.Choice(Optional.of(FIRST), Optional.of(SECOND), ""), alerts::add);

        inference.accept(needed());

        assertThat(told).hasSize(2).allSatisfy(event -> assertThat(event).isInstanceOf(MarketEvent.Forecast.class));
        MarketEvent.Forecast champion = (MarketEvent.Forecast) told.get(0);
        MarketEvent.Forecast challenger = (MarketEvent.Forecast) told.get(1);
        assertThat(champion.isShadow()).isFalse();
        assertThat(challenger.isShadow()).isTrue();
        assertThat(challenger.model()).isEqualTo(SECOND.version());
        assertThat(champion.volatilityE12())
                .isBetween(10_000_000L, 1_000_000_000L)
                .isEqualTo(challenger.volatilityE12());
    }

    @Test
    void models_changed_by_another_thread_answer_the_next_question_and_none_goes_unanswered() throws Exception {
        Inference inference = new Inference(this::read, Inference.Choice.of(FIRST), alerts::add);
        Thread changer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 2_000; i++) {
                inference.use(Inference.Choice.of(i % 2 == 0 ? SECOND : FIRST));
            }
            inference.use(Inference.Choice.of(SECOND));
        });
        int asked = 0;
        while (changer.isAlive()) {
            inference.accept(needed());
            asked++;
        }
        changer.join();
        inference.accept(needed());

        assertThat(told)
                .hasSize(asked + 1)
                .allSatisfy(event -> assertThat(event).isInstanceOf(MarketEvent.Forecast.class));
        assertThat(((MarketEvent.Forecast) told.getLast()).model()).isEqualTo(SECOND.version());
    }

    @Test
    void without_models_each_question_is_answered_with_the_reason() {
        new Inference(this::read, Inference.Choice.none("no models here"), alerts::add).accept(needed());

        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        MarketEvent.ForecastFailed.class,
                        failed -> assertThat(failed.reason()).isEqualTo("no models here"));
    }

    @Test
    void a_feature_that_is_stuck_is_told_once_a_day() {
        Inference inference = new Inference(this::read, Inference.Choice.of(FIRST), alerts::add);
        long price = minutes.last().closeE4();
        for (int i = 0; i < 180; i++) {
            long open = minutes.last().openNanos() + MINUTE;
            // The same candle again and again: no venue trades like that.
            minutes.add(new Candle(open, price, price + 1_000, price - 1_000, price, 5_000_000, 9, false));
            inference.accept(needed());
            inference.accept(needed());
        }

        assertThat(alerts).isNotEmpty().anyMatch(text -> text.contains("repeats the value"));
        assertThat(alerts.stream().map(text -> text.substring(0, 24))).doesNotHaveDuplicates();
    }
}
