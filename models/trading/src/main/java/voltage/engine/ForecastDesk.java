package voltage.engine;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import voltage.market.CandleSeries;
import voltage.market.MarketEvent;
import voltage.strategy.VolatilityForecaster;

/**
 * Whose word on volatility counts now: the models' while it is fresh, else the autoregression's where the lane may do without models. A
 * challenger's word never counts.
 */
final class ForecastDesk {
    private static final Decision.Forecaster NOTHING_YET =
            new Decision.Forecaster(Decision.Forecaster.Source.NONE, "", Decision.Forecaster.State.NONE_YET);

    /** At a start the history comes after the first question. */
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final VolatilityForecaster standIn;
    private final boolean needsModels;
    private final long freshNanos;

    private MarketEvent.@Nullable Forecast latest;
    private MarketEvent.@Nullable ForecastFailed failure;
    private double standInVolatility = Double.NaN;
    private boolean isStandInCurrent;
    private double volatility = Double.NaN;
    private int tailDegrees;
    private Decision.Forecaster forecaster = NOTHING_YET;
    private long sinceNanos = Long.MIN_VALUE;
    private boolean isTold = true;

    ForecastDesk(EngineSettings settings, VolatilityForecaster standIn) {
        this.standIn = standIn;
        needsModels = settings.needsModels();
        freshNanos = settings.forecastFreshNanos();
    }

    void told(MarketEvent.Forecast forecast) {
        if (!forecast.isShadow()) {
            latest = forecast;
            failure = null;
        }
    }

    void failed(MarketEvent.ForecastFailed failed) {
        if (!failed.isShadow()) {
            failure = failed;
        }
    }

    /** The stand-in's forecast is out of date. */
    void candlesChanged() {
        isStandInCurrent = false;
    }

    /** Takes stock of what is fresh now. */
    void refresh(CandleSeries minutes, long nowNanos) {
        MarketEvent.Forecast forecast = latest;
        Decision.Forecaster.State state = state(nowNanos);
        if (forecast != null && state == Decision.Forecaster.State.FRESH) {
            volatility = forecast.volatilityE12() / 1e12;
            tailDegrees = forecast.tailDegrees();
        } else {
            volatility = needsModels ? Double.NaN : standIn(minutes);
            tailDegrees = 0;
        }
        name(source(state), state, nowNanos);
    }

    private Decision.Forecaster.State state(long nowNanos) {
        if (failure != null) {
            return Decision.Forecaster.State.FAILED;
        }
        if (latest == null) {
            return Decision.Forecaster.State.NONE_YET;
        }
        return nowNanos - latest.untilNanos() <= freshNanos
                ? Decision.Forecaster.State.FRESH
                : Decision.Forecaster.State.LATE;
    }

    private Decision.Forecaster.Source source(Decision.Forecaster.State state) {
        if (Double.isNaN(volatility)) {
            return Decision.Forecaster.Source.NONE;
        }
        return state == Decision.Forecaster.State.FRESH
                ? Decision.Forecaster.Source.MODELS
                : Decision.Forecaster.Source.HAR;
    }

    private double standIn(CandleSeries minutes) {
        if (!isStandInCurrent) {
            standInVolatility = standIn.perSqrtSecond(minutes);
            isStandInCurrent = true;
        }
        return standInVolatility;
    }

    private void name(Decision.Forecaster.Source source, Decision.Forecaster.State state, long nowNanos) {
        String model = failure != null ? failure.model() : latest != null ? latest.model() : "";
        if (forecaster.state() != state) {
            sinceNanos = nowNanos;
            isTold = false;
        }
        if (forecaster.source() != source
                || forecaster.state() != state
                || !forecaster.model().equals(model)) {
            forecaster = new Decision.Forecaster(source, model, state);
        }
    }

    /** Volatility of log price per √s; NaN if there is none. */
    double volatility() {
        return volatility;
    }

    /** Of the tail that goes with it; 0 for the normal distribution. */
    int tailDegrees() {
        return tailDegrees;
    }

    Decision.Forecaster forecaster() {
        return forecaster;
    }

    /** Whether the models are needed and do not speak. */
    boolean isMissed() {
        return needsModels && forecaster.state() != Decision.Forecaster.State.FRESH;
    }

    /** What an operator must know of the models, once for each time that it has gone wrong for a minute. */
    Optional<String> takeNews(long nowNanos) {
        if (isTold || nowNanos - sinceNanos < PATIENCE_NANOS) {
            return Optional.empty();
        }
        isTold = true;
        String consequence = needsModels ? "; no entries until they do" : "; HAR stands in for them";
        return switch (forecaster.state()) {
            case FAILED ->
                Optional.of("the models do not forecast: " + (failure == null ? "" : failure.reason()) + consequence);
            case LATE ->
                Optional.of("the models have not forecast for more than " + freshNanos / 1_000_000_000L + " s"
                        + consequence);
            case FRESH, NONE_YET -> Optional.empty();
        };
    }
}
