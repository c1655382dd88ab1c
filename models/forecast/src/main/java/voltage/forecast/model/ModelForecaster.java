package voltage.forecast.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import voltage.forecast.feature.FeatureVector;
import voltage.forecast.feature.MinuteFeatures;
import voltage.market.Candle;
import voltage.market.CandleSeries;
import voltage.market.MarketEvent;

/**
 * Asks one set of models, minute after minute. Features go on from where they were as long as the minutes do; when history came late
 * or another venue's minutes are given, they are made anew. Not safe for threads.
 */
public final class ModelForecaster {
    private final ModelSet set;
    private final boolean isShadow;
    private @Nullable CandleSeries followed;
    private long revision;
    private MinuteFeatures features;
    private FeatureVector latest;

    /** @param isShadow whether it is a challenger, whose word is only measured */
    public ModelForecaster(ModelSet set, boolean isShadow) {
        this.set = set;
        this.isShadow = isShadow;
        features = set.basis().after(new CandleSeries(1, 1));
        latest = features.at(0);
    }

    public ModelSet set() {
        return set;
    }

    /** The features of the latest question. */
    public FeatureVector latest() {
        return latest;
    }

    /** End of the latest minute that they know, epoch nanoseconds UTC. */
    public long endNanos() {
        return features.endNanos();
    }

    public boolean isShadow() {
        return isShadow;
    }

    /**
     * What the models expect after the latest of these minutes.
     *
     * @param minutes closed ones, all known by now
     * @param nowNanos epoch nanoseconds UTC
     * @return a {@link MarketEvent.Forecast} or a {@link MarketEvent.ForecastFailed}, received now
     */
    public MarketEvent forecast(CandleSeries minutes, long nowNanos) {
        follow(minutes, nowNanos);
        FeatureVector vector = features.at(nowNanos);
        latest = vector;
        ForecastInput input = new ForecastInput(vector.toRow(), features.window(nowNanos));
        double[] probabilities = set.probabilities(input);
        List<MarketEvent.EventProbability> events = new ArrayList<>(probabilities.length);
        for (int i = 0; i < probabilities.length; i++) {
            if (Double.isNaN(probabilities[i])) {
                return failed("its models cannot do without " + missing(vector, input), nowNanos);
            }
            events.add(new MarketEvent.EventProbability(
                    set.models().get(i).event().name(), (int) StrictMath.rint(probabilities[i] * 1e6)));
        }
        double volatility = set.volatility(probabilities);
        long volatilityE12 = Double.isFinite(volatility) ? (long) StrictMath.rint(volatility * 1e12) : 0;
        if (volatilityE12 <= 0) {
            return failed("no volatility gives the probabilities " + events, nowNanos);
        }
        return new MarketEvent.Forecast(
                set.version(),
                isShadow,
                features.endNanos(),
                volatilityE12,
                set.tailDegrees(),
                events,
                nowNanos,
                nowNanos);
    }

    private MarketEvent failed(String reason, long nowNanos) {
        return new MarketEvent.ForecastFailed(set.version(), isShadow, reason, nowNanos, nowNanos);
    }

    private void follow(CandleSeries minutes, long nowNanos) {
        if (minutes != followed || minutes.revision() != revision) {
            features = set.basis().after(minutes);
            followed = minutes;
            revision = minutes.revision();
            return;
        }
        int newer = 0;
        while (newer < minutes.size() && minutes.back(newer).openNanos() >= features.endNanos()) {
            newer++;
        }
        for (int back = newer - 1; back >= 0; back--) {
            Candle minute = minutes.back(back);
            boolean isTaken = features.minute(minute, nowNanos);
            assert isTaken;
        }
    }

    private static String missing(FeatureVector vector, ForecastInput input) {
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < vector.set().size(); i++) {
            if (Double.isNaN(vector.value(i))) {
                missing.add(vector.set().features().get(i).key());
            }
        }
        if (input.window() == null) {
            missing.add("the latest hour");
        }
        return missing + ", which the minutes so far do not give";
    }
}
