package voltage.forecast.feature;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * Named features in a fixed order. A model names the version it was trained on; a version never changes its meaning: whoever
 * alters a feature's definition, the order or the selection makes a new one.
 *
 * @param version lower case with hyphens and a number
 * @param features in the order of a matrix's columns
 */
public record FeatureSet(String version, List<Feature> features) {
    /** What minutes alone tell: the set for data without books. */
    public static final FeatureSet CANDLES = new FeatureSet(
            "candles-1",
            Arrays.stream(Feature.values())
                    .filter(feature -> feature != Feature.ORDER_FLOW_IMBALANCE)
                    .toList());

    /** With the order-flow imbalance of a book. */
    public static final FeatureSet FLOW = new FeatureSet("flow-1", List.of(Feature.values()));

    public FeatureSet {
        features = List.copyOf(features);
        if (features.isEmpty() || new HashSet<>(features).size() != features.size()) {
            throw new IllegalArgumentException("a feature set holds each of its features once, was " + features);
        }
    }

    /**
     * The set of a version.
     *
     * @throws IllegalArgumentException if this code does not know it: the model is from another code
     */
    public static FeatureSet of(String version) {
        for (FeatureSet set : List.of(CANDLES, FLOW)) {
            if (set.version.equals(version)) {
                return set;
            }
        }
        throw new IllegalArgumentException("this code has the feature sets " + CANDLES.version + " and " + FLOW.version
                + ", was \"" + version + "\"; train the model anew or run the code that it was trained with");
    }

    public int size() {
        return features.size();
    }

    /** Names in order, as a matrix's columns have them. */
    public String[] names() {
        return features.stream().map(Feature::key).toArray(String[]::new);
    }

    /** Column of a feature, −1 if the set does not have it. */
    public int indexOf(Feature feature) {
        return features.indexOf(feature);
    }
}
