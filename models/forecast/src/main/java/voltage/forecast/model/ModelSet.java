package voltage.forecast.model;

import java.util.List;
import voltage.forecast.event.EventVolatility;
import voltage.forecast.event.StudentT;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.feature.FeatureBasis;

/**
 * Models of several volatility events over one horizon, trained together, and the volatility that they mean together.
 *
 * @param version of the artifact
 * @param basis how their features are made
 * @param tailDegrees degrees of freedom of the Student's t that leads from probabilities to volatility and on to contracts
 * @param models one for each event
 */
public record ModelSet(String version, FeatureBasis basis, int tailDegrees, List<OfEvent> models) {
    /** An event and what forecasts it. */
    public record OfEvent(VolatilityEvent event, EventModel.Pooled ensemble) {}

    public ModelSet {
        models = List.copyOf(models);
        if (models.isEmpty()
                || models.stream()
                                .map(model -> model.event().horizonMinutes())
                                .distinct()
                                .count()
                        != 1) {
            throw new IllegalArgumentException("a set has models of at least one event, all over one horizon, was "
                    + models.stream().map(model -> model.event().name()).toList());
        }
    }

    /** Each event's probability, in order; NaN where a value is missing that its model cannot do without. */
    public double[] probabilities(ForecastInput input) {
        double[] probabilities = new double[models.size()];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = models.get(i).ensemble().probability(input);
        }
        return probabilities;
    }

    /** The volatility of log price per √s that probabilities mean under the set's tail; NaN if none means any. */
    public double volatility(double[] probabilities) {
        return new EventVolatility(new StudentT(tailDegrees))
                .volatility(models.stream().map(OfEvent::event).toArray(VolatilityEvent[]::new), probabilities);
    }
}
