package voltage.forecast.feature;

import java.util.Locale;

/**
 * Something about a feature that is not as it should be.
 *
 * @param measured the share or index that was found
 * @param limit the one that it is beyond
 * @param rows over how many rows
 */
public record FeatureFinding(Feature feature, Kind kind, Level level, double measured, double limit, long rows) {
    /** What is wrong. */
    public enum Kind {
        /** Values are missing: coverage is below its limit. */
        MISSING,
        /** Values do not change: the share that equals the one before is above its limit. */
        CONSTANT,
        /** The distribution has moved: the population stability index is above its limit. */
        DRIFTED
    }

    /** How bad it is. */
    public enum Level {
        /** Worth a look. */
        NOTE,
        /** Somebody must act. */
        ALERT
    }

    /** Whether nothing may be trained on such data (incident 21). Drift is no such thing: it is what retraining is for. */
    public boolean blocksTraining() {
        return level == Level.ALERT && kind != Kind.DRIFTED;
    }

    /** One line for an alert. */
    public String text() {
        String what = switch (kind) {
            case MISSING -> "%s is there in %.1f %% of %d rows, %.1f %% is normal";
            case CONSTANT -> "%s repeats the value before in %.1f %% of %d rows, at most %.1f %% is normal";
            case DRIFTED -> "%s has a population stability index of %.3f over %d rows, up to %.3f is chance or small";
        };
        double scale = kind == Kind.DRIFTED ? 1 : 100;
        return String.format(Locale.ROOT, what, feature.key(), measured * scale, rows, limit * scale);
    }
}
