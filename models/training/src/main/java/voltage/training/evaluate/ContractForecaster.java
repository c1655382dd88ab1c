package voltage.training.evaluate;

import java.util.List;
import voltage.forecast.event.ContractProbability;
import voltage.forecast.event.EventVolatility;
import voltage.forecast.event.StudentT;
import voltage.forecast.event.Tail;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.model.EventModel;
import voltage.forecast.model.ForecastInput;

/**
 * A contract's probability by one kind of model: its probabilities of several volatility events, the one volatility that they imply, and what
 * that makes of the contract.
 */
public final class ContractForecaster {
    private static final Tail TAIL = new StudentT(4);

    private final String name;
    private final VolatilityEvent[] events;
    private final List<EventModel> models;
    private final EventVolatility volatility = new EventVolatility(TAIL);
    private final ContractProbability contracts = new ContractProbability(TAIL);

    /** @param models all of one name, one for each event */
    public ContractForecaster(String name, List<VolatilityEvent> events, List<EventModel> models) {
        if (events.isEmpty() || events.size() != models.size()) {
            throw new IllegalArgumentException("there is one model an event, at least one, was " + models.size()
                    + " models called " + name + " for " + events);
        }
        this.name = name;
        this.events = events.toArray(VolatilityEvent[]::new);
        this.models = List.copyOf(models);
    }

    /** One for each name of the models, which every training has. */
    public static List<ContractForecaster> of(List<EventTraining.Trained> trained) {
        List<VolatilityEvent> events =
                trained.stream().map(EventTraining.Trained::event).toList();
        return trained.getFirst().models().stream()
                .map(EventModel::name)
                .map(name -> new ContractForecaster(
                        name,
                        events,
                        trained.stream()
                                .flatMap(each -> each.models().stream())
                                .filter(model -> model.name().equals(name))
                                .toList()))
                .toList();
    }

    public String name() {
        return name;
    }

    /** Of log price per √s, as the models' probabilities imply it; NaN if a model is without what it needs. */
    public double volatility(ForecastInput input) {
        double[] said = new double[events.length];
        for (int i = 0; i < said.length; i++) {
            said[i] = models.get(i).probability(input);
        }
        return volatility.volatility(events, said);
    }

    /**
     * Probability of YES of an up/down contract before its last minute.
     *
     * @param of log price per √s; NaN gives NaN
     * @param moved ratio of the price to the strike
     * @param secondsLeft in seconds of variance until close
     */
    public double yes(double of, double moved, double secondsLeft) {
        return UnitContract.yes(contracts, moved, of, secondsLeft);
    }

    /** Probability of YES; NaN if a model is without what it needs. */
    double yes(ContractInstant instant) {
        return instant.yes(contracts, volatility(instant.input()));
    }
}
