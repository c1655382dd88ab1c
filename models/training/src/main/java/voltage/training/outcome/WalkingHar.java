package voltage.training.outcome;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import voltage.forecast.event.VolatilityEvent;
import voltage.forecast.model.EventModel;
import voltage.training.data.Dataset;
import voltage.training.data.LabelledRows;
import voltage.training.evaluate.ContractForecaster;
import voltage.training.evaluate.EventTraining;

/**
 * HAR-logit as it could have been at each instant: fitted at midnights to what had happened by then, again whenever the past has grown by a
 * fifth. So its volatility may be a feature of rows that another model learns from.
 */
final class WalkingHar {
    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final int DAY_MINUTES = 1_440;
    private static final double GROWTH = 1.2;

    private final TreeMap<Long, ContractForecaster> fits;

    private WalkingHar(TreeMap<Long, ContractForecaster> fits) {
        this.fits = fits;
    }

    /** Of all targets of a data set. */
    static WalkingHar of(Dataset data) {
        TreeMap<Long, ContractForecaster> fits = new TreeMap<>();
        double enough = 0;
        long day = data.size() == 0 ? 0 : Math.floorDiv(data.atNanos(0), DAY_NANOS);
        for (int row = 0; row < data.size(); row++) {
            if (Math.floorDiv(data.atNanos(row), DAY_NANOS) > day) {
                day = Math.floorDiv(data.atNanos(row), DAY_NANOS);
                if (row >= enough) {
                    long midnight = day * DAY_NANOS;
                    Optional<ContractForecaster> fit = fit(data, midnight);
                    if (fit.isPresent()) {
                        fits.put(midnight, fit.get());
                        enough = GROWTH * row;
                    }
                }
            }
        }
        return new WalkingHar(fits);
    }

    /** Empty if too little is known. */
    private static Optional<ContractForecaster> fit(Dataset data, long nanos) {
        Dataset before = data.between(Long.MIN_VALUE, nanos);
        List<EventModel> models = new ArrayList<>();
        for (VolatilityEvent event : data.targets()) {
            LabelledRows all = EventTraining.complete(before.labelled(event), data.set());
            LabelledRows past = all.where(row -> all.labelEndNanos()[row] <= nanos);
            if (past.size() < DAY_MINUTES / data.stepMinutes() || past.baseRate() == 0 || past.baseRate() == 1) {
                return Optional.empty();
            }
            models.add(EventTraining.harLogit(past, data.set()));
        }
        return Optional.of(new ContractForecaster(models.getFirst().name(), data.targets(), models));
    }

    /** What was the latest fit at an instant, epoch nanoseconds UTC; empty before the first one. */
    Optional<ContractForecaster> at(long nanos) {
        return Optional.ofNullable(fits.floorEntry(nanos)).map(Map.Entry::getValue);
    }
}
