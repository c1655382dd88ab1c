package voltage.forecast.model;

import java.util.Arrays;
import java.util.List;
import voltage.forecast.ensemble.Ensemble;
import voltage.forecast.feature.Feature;
import voltage.forecast.feature.FeatureSet;
import voltage.forecast.lightgbm.LightGbmModel;

/** Gives what is known at an instant the probability of one event. Rows are in the order of the {@link FeatureSet} that it was trained with. */
public sealed interface EventModel {
    /** As reports and decisions call it: {@code climatology}, {@code harLogit}, {@code lightgbm}, {@code patchtst}, {@code ensemble}. */
    String name();

    /** From 0 to 1; NaN if a value that it cannot do without is missing. */
    double probability(ForecastInput input);

    /** How often the event has happened: what everything else must beat. */
    record Climatology(double rate) implements EventModel {
        public Climatology {
            if (!(rate >= 0 && rate <= 1)) {
                throw new IllegalArgumentException("a rate is 0 to 1, was " + rate);
            }
        }

        @Override
        public String name() {
            return "climatology";
        }

        @Override
        public double probability(ForecastInput input) {
            return rate;
        }
    }

    /**
     * Logistic regression on the logarithms of the Parkinson variances of 5, 15, 60, 240 and 1440 minutes: the honest baseline.
     *
     * @param columns of a row that hold them, shortest window first
     * @param coefficients the intercept, then one for each column
     */
    @SuppressWarnings("ArrayRecordComponent") // not compared
    record HarLogit(int[] columns, double[] coefficients) implements EventModel {
        private static final List<Feature> WINDOWS = List.of(
                Feature.LOG_PARKINSON_5M,
                Feature.LOG_PARKINSON_15M,
                Feature.LOG_PARKINSON_1H,
                Feature.LOG_PARKINSON_4H,
                Feature.LOG_PARKINSON_24H);

        public HarLogit {
            if (columns.length != WINDOWS.size()
                    || coefficients.length != columns.length + 1
                    || Arrays.stream(columns).anyMatch(column -> column < 0)) {
                throw new IllegalArgumentException("a column of the feature set for each of " + WINDOWS
                        + ", an intercept and a coefficient for each are needed, was columns "
                        + Arrays.toString(columns) + " and " + coefficients.length + " numbers");
            }
        }

        /** Where a set's rows have what it looks at. */
        public static int[] columns(FeatureSet set) {
            return WINDOWS.stream().mapToInt(set::indexOf).toArray();
        }

        @Override
        public String name() {
            return "harLogit";
        }

        @Override
        public double probability(ForecastInput input) {
            double[] row = input.row();
            double score = coefficients[0];
            for (int i = 0; i < columns.length; i++) {
                score += coefficients[i + 1] * row[columns[i]];
            }
            return 1 / (1 + StrictMath.exp(-score));
        }
    }

    /** Boosted trees; a missing value goes its own way through them. */
    record Boosted(LightGbmModel trees) implements EventModel {
        @Override
        public String name() {
            return "lightgbm";
        }

        @Override
        public double probability(ForecastInput input) {
            return trees.probability(input.row());
        }
    }

    /**
     * One event of a net that forecasts several at once.
     *
     * @param event the number of the event among the net's
     */
    record Patched(EventNet net, int event) implements EventModel {
        public Patched {
            if (event < 0 || event >= net.events().size()) {
                throw new IllegalArgumentException("the net forecasts " + net.events() + ", was event number " + event);
            }
        }

        @Override
        public String name() {
            return "patchtst";
        }

        @Override
        public double probability(ForecastInput input) {
            return input.of(net, event);
        }
    }

    /** Members pooled by learned weights and calibrated. */
    record Pooled(List<EventModel> members, Ensemble ensemble) implements EventModel {
        public Pooled {
            members = List.copyOf(members);
            List<String> names = members.stream().map(EventModel::name).toList();
            if (!names.equals(ensemble.pool().members())) {
                throw new IllegalArgumentException("an ensemble's members are those of its weights, "
                        + ensemble.pool().members() + ", was " + names);
            }
        }

        @Override
        public String name() {
            return "ensemble";
        }

        @Override
        public double probability(ForecastInput input) {
            double[] each = new double[members.size()];
            for (int i = 0; i < each.length; i++) {
                each[i] = members.get(i).probability(input);
            }
            return ensemble.probability(each);
        }
    }
}
