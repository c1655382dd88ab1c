package voltage.worker.dashboard;

import java.util.ArrayList;
import java.util.List;
import voltage.worker.dashboard.DashboardSnapshot.EquityPoint;

/**
 * The equity over time in a bounded number of points, however long the run: when it is full, every second point goes and
 * points are from then on kept half as often. The newest value is always there. Not safe for several threads.
 */
public final class EquityCurve {
    private static final int CAPACITY = 1_000;

    private final List<EquityPoint> points = new ArrayList<>();
    private long secondsApart = 1;

    /** Adds the equity at a second; a second that is not later than the last point's replaces that point. */
    public void add(long timeSeconds, long equityE6) {
        int size = points.size();
        boolean replacesLast = size >= 2 && timeSeconds - points.get(size - 2).timeSeconds() < secondsApart
                || size >= 1 && timeSeconds <= points.getLast().timeSeconds();
        if (replacesLast) {
            points.set(
                    size - 1,
                    new EquityPoint(Math.max(timeSeconds, points.getLast().timeSeconds()), equityE6));
            return;
        }
        if (size == CAPACITY) {
            thin();
        }
        points.add(new EquityPoint(timeSeconds, equityE6));
    }

    /** A copy, oldest first. */
    public List<EquityPoint> points() {
        return List.copyOf(points);
    }

    private void thin() {
        List<EquityPoint> kept = new ArrayList<>(CAPACITY);
        for (int i = 0; i < points.size(); i += 2) {
            kept.add(points.get(i));
        }
        points.clear();
        points.addAll(kept);
        secondsApart *= 2;
    }
}
