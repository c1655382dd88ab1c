package voltage.worker.inference;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import voltage.forecast.feature.FeatureBasis;
import voltage.forecast.feature.FeatureFinding;
import voltage.forecast.feature.FeatureVector;
import voltage.forecast.feature.FeatureWatch;

/** Watches the features that the champion is fed, minute by minute, day by day: coverage, constancy, drift from what it was trained on. */
final class FeatureHealth {
    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final int JUDGED_EVERY_ROWS = 60;
    private static final int STEP_MINUTES = 1;

    private final FeatureBasis basis;
    private final Set<String> told = new HashSet<>();
    private FeatureWatch watch;
    private long day = Long.MIN_VALUE;
    private long lastMinuteEndNanos = Long.MIN_VALUE;

    FeatureHealth(FeatureBasis basis) {
        this.basis = basis;
        watch = basis.watch(STEP_MINUTES);
    }

    /**
     * Observes a minute's features, the first time they are computed.
     *
     * @param minuteEndNanos epoch nanoseconds UTC
     * @return what somebody must act on and has not been told today
     */
    List<String> observe(FeatureVector vector, long minuteEndNanos) {
        if (minuteEndNanos <= lastMinuteEndNanos) {
            return List.of();
        }
        lastMinuteEndNanos = minuteEndNanos;
        long today = Math.floorDiv(minuteEndNanos, DAY_NANOS);
        if (today != day) {
            day = today;
            watch = basis.watch(STEP_MINUTES);
            told.clear();
        }
        watch.observe(vector);
        if (watch.rows() % JUDGED_EVERY_ROWS != 0) {
            return List.of();
        }
        List<String> news = new ArrayList<>();
        for (FeatureFinding finding : watch.findings()) {
            if (finding.level() == FeatureFinding.Level.ALERT
                    && told.add(finding.kind() + " " + finding.feature().key())) {
                news.add(finding.text());
            }
        }
        return news;
    }
}
