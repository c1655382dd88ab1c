package voltage.worker.inference;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import voltage.engine.EngineOutput;
import voltage.forecast.model.ModelForecaster;
import voltage.forecast.model.ModelSet;
import voltage.market.MarketEvent;
import voltage.store.json.ForecastJson;

/**
 * The inference loop: each time the engine needs a forecast, the champion's and the challenger's go into the inbox, and so into the
 * journal, before the engine sees them. Asked on the engine's thread, since the minutes are the engine's; a few hundred microseconds a
 * minute.
 *
 * <p>Models are changed by any thread, between two questions, and take effect with the next one: nothing is missed.
 */
public final class Inference implements Consumer<EngineOutput.ForecastNeeded> {
    private static final Logger LOG = LoggerFactory.getLogger(Inference.class);

    private final Consumer<byte[]> journalled;
    private final Consumer<String> alerts;
    private volatile Choice choice;
    private Forecasters forecasters;

    /**
     * Which models are in use.
     *
     * @param champion empty if there is none that can be used
     * @param problem why there is none; empty if there is one
     */
    public record Choice(Optional<ModelSet> champion, Optional<ModelSet> challenger, String problem) {
        /** Nothing to forecast with. */
        public static Choice none(String problem) {
            return new Choice(Optional.empty(), Optional.empty(), problem);
        }

        /** A champion without a challenger. */
        public static Choice of(ModelSet champion) {
            return new Choice(Optional.of(champion), Optional.empty(), "");
        }
    }

    /** The forecasters of one choice; they remember minutes, so they live as long as it. */
    private record Forecasters(
            Choice of,
            @Nullable ModelForecaster champion,
            @Nullable FeatureHealth health,
            @Nullable ModelForecaster challenger) {
        static Forecasters of(Choice choice) {
            return new Forecasters(
                    choice,
                    choice.champion()
                            .map(set -> new ModelForecaster(set, false))
                            .orElse(null),
                    choice.champion().map(set -> new FeatureHealth(set.basis())).orElse(null),
                    choice.challenger()
                            .map(set -> new ModelForecaster(set, true))
                            .orElse(null));
        }
    }

    /**
     * @param journalled takes each forecast as the journal keeps it, to be handed on as a frame of {@link voltage.market.Feed#FORECAST}
     * @param alerts told of features that are not what the champion was trained on, on the engine's thread
     */
    public Inference(Consumer<byte[]> journalled, Choice choice, Consumer<String> alerts) {
        this.journalled = journalled;
        this.alerts = alerts;
        this.choice = choice;
        forecasters = Forecasters.of(choice);
    }

    /** Uses other models from the next forecast on. */
    public void use(Choice next) {
        choice = next;
    }

    public Choice choice() {
        return choice;
    }

    @Override
    public void accept(EngineOutput.ForecastNeeded needed) {
        Choice current = choice;
        if (current != forecasters.of()) {
            forecasters = Forecasters.of(current);
        }
        ModelForecaster champion = forecasters.champion();
        tell(
                champion == null
                        ? new MarketEvent.ForecastFailed("", false, current.problem(), needed.nanos(), needed.nanos())
                        : ask(champion, needed));
        watch(champion, forecasters.health());
        ModelForecaster challenger = forecasters.challenger();
        if (challenger != null) {
            tell(ask(challenger, needed));
        }
    }

    /** Observation ends nothing. */
    private void watch(@Nullable ModelForecaster champion, @Nullable FeatureHealth health) {
        if (champion == null || health == null) {
            return;
        }
        try {
            health.observe(champion.latest(), champion.endNanos()).forEach(alerts);
        } catch (RuntimeException e) {
            LOG.warn("the features of {} cannot be watched", champion.set().version(), e);
        }
    }

    /** A model that fails must not end the worker: exits need it. */
    private static MarketEvent ask(ModelForecaster forecaster, EngineOutput.ForecastNeeded needed) {
        try {
            return forecaster.forecast(needed.minutes(), needed.nanos());
        } catch (RuntimeException e) {
            LOG.error("models {} failed", forecaster.set().version(), e);
            return new MarketEvent.ForecastFailed(
                    forecaster.set().version(), forecaster.isShadow(), e.toString(), needed.nanos(), needed.nanos());
        }
    }

    private void tell(MarketEvent said) {
        journalled.accept(ForecastJson.write(said));
    }
}
